import { accountKey, type GroupInfo } from "../../../src/cams";
import type { Meant } from "../../../src/cli/who/meant";
import { whoOf } from "../../../src/cli/who/report-of";
import { headlineOf } from "../../../src/report/who/headline";
import type { LastRun } from "../../../src/run/last-run";
import { STATE_UNREAD, type PreparedRun } from "../../../src/run/prepare";
import { ANA, BUDI, CITRA, desire, full, whole } from "../../membership/world";
import { person } from "../../report/inviting";

type Planned = PreparedRun["plan"]["groups"][number];

/** A group that was looked at: Ana is there, Budi is awaited, and some rows have no number. */
function looked(name: string, unidentified: number): Planned {
  const group = `E-${name}`;
  const lists = { present: [person(ANA, "Ana")], awaiting: [person(BUDI, "Budi")], left: [], remove: [], spared: [] };
  return {
    desired: desire({ name, group }),
    ref: { group, businessNumber: "8613800000000", custSpaceId: "cams-8c8e" },
    make: undefined,
    observed: whole(ANA),
    verdict: { kind: "held", refusals: [], plan: { name, group, ...lists, unidentified } },
  } as unknown as Planned;
}

const LAST: LastRun = {
  ...{ groups: new Map(), names: new Map(), chatGroups: new Map(), links: new Map(), invitations: new Map() },
};

const prepared = (groups: readonly Planned[], over: Partial<PreparedRun["plan"]> = {}, last?: LastRun) => ({
  ...{ plan: { groups, refusals: [], reviewed: undefined, ...over }, show: full, last, now: 0 },
});

const somebody = (number: string): Extract<Meant, { kind: "person" }> => ({
  ...{ kind: "person", isKnown: true, about: { title: "X", is: (one) => one === number } },
});

const headline = (number: string, ...groups: readonly Planned[]): string =>
  headlineOf(whoOf("dev", prepared(groups), new Map(), somebody(number)));

test("a row without a number may be whoever was not seen in its group", () => {
  const groups = [looked("a", 1), looked("b", 2), looked("c", 0)];
  const rest = "; 3 rows without a number in 2 groups may be anybody";
  expect(headline(BUDI, ...groups)).toBe(`X: awaiting in 3 groups${rest}`);
  expect(headline(CITRA, ...groups)).toBe(`X: declared in no group, and seen in none${rest}`);
  expect(headline(ANA, ...groups)).toBe("X: present in 3 groups");
  expect(headline(CITRA, looked("c", 0))).toBe("X: declared in no group, and seen in none");
});

test("notes: that the state was not read, and why nobody is invited", () => {
  const refusal = { rule: "template", name: undefined, message: "Nobody is invited: CAMS refuses the template" };
  const notes = (last: LastRun | undefined, ...inviteRefusals: readonly (typeof refusal)[]) =>
    whoOf("dev", prepared([], { inviteRefusals }, last), new Map(), undefined).notes;
  expect(notes(undefined, refusal)).toEqual([STATE_UNREAD, refusal.message]);
  expect(notes(LAST)).toEqual([]);
});

test("subjects are told without invite links", () => {
  const one = looked("a", 0);
  const row = { ...one.ref, subject: "Ops chat.whatsapp.com/AbC" } as unknown as GroupInfo;
  const accounts = new Map([
    [accountKey(one.ref), { kind: "listed" as const, groups: [row], byId: new Map([["E-a", row]]) }],
  ]);
  const { groups } = whoOf("dev", prepared([one]), accounts, undefined);
  expect(groups.map(({ subject }) => subject)).toEqual(["Ops [invite link]"]);
});
