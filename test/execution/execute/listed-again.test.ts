import { judgeGroup } from "../../../src/membership/guards";
import { strictMemory } from "../../../src/membership/memory";
import { planGroup } from "../../../src/membership/plan";
import type { Desired, Digits } from "../../../src/membership/types";
import { execute } from "../../../src/execution/execute";
import type { Executor, Whole } from "../../../src/execution/types";
import { ANA, BUDI, CITRA, DEWI, desire, full, members } from "../../membership/world";
import { fakeClock, ref } from "../world";

const whole = (...participants: readonly Digits[]): Whole => ({ kind: "whole", participants, unidentified: 0 });

/** Ana and Dewi are declared; Budi and Citra, who were, are to go. */
async function outcomesWhen(...listings: readonly Whole[]): Promise<Record<string, string>> {
  const desired: Desired = { ...desire({ members: members(ANA, DEWI) }), named: undefined };
  const observed = whole(ANA, BUDI, CITRA, DEWI);
  const history = { kind: "adopted", memory: strictMemory(members(ANA, BUDI, CITRA, DEWI)) } as const;
  const verdict = judgeGroup({ desired, plan: planGroup(desired, observed, history), history }, full);
  if (verdict.kind === "held") throw new Error("a guard holds it");
  const left = [...listings];
  const executor: Executor = {
    cams: {
      listParticipants: () => Promise.resolve(left.shift() ?? listings.at(-1) ?? observed),
      removeParticipants: () => Promise.resolve({ requestId: "request" }),
    },
    clock: fakeClock(),
    show: full,
    audit: () => undefined,
    warn: () => undefined,
    confirmTimeoutMs: 1_000,
  };
  const { outcomes } = await execute({ ref, desired, history, observed, approved: verdict.approved }, executor);
  return Object.fromEntries(outcomes.map(({ number, outcome }) => [number, outcome]));
}

test("nobody counts as gone whom one listing lacked and the last one shows", async () => {
  expect(await outcomesWhen(whole(ANA, CITRA, DEWI), whole(ANA, BUDI, DEWI))).toEqual({
    [BUDI]: "refused",
    [CITRA]: "removed",
  });
});

test("whoever is missing in all later listings left already", async () => {
  expect(await outcomesWhen(whole(ANA, CITRA, DEWI), whole(ANA, DEWI))).toEqual({
    [BUDI]: "already gone",
    [CITRA]: "removed",
  });
});
