import { execute } from "../../../src/execution/execute";
import { ANA, BUDI, CITRA, DEWI, EKO, members } from "../../membership/world";
import { taskOf, world, type ListStep, type Script } from "../world";
import { BOTH, leaving, outcomes, removals } from "./told";

/** A removal that had to wait, as under throttling, until its look was too old. */
describe("a look that is too old", () => {
  const waited = (joinsOrLeaves: (there: Set<string>) => void, script: Script = {}) => {
    const with_ = world([ANA, BUDI, CITRA], { removes: ["look too old"], ...script });
    const { removeParticipants } = with_.cams;
    let first = true;
    const cams = {
      ...with_.cams,
      removeParticipants: (...call: Parameters<typeof removeParticipants>) => {
        if (first) joinsOrLeaves(with_.there);
        first = false;
        return removeParticipants(...call);
      },
    };
    return { ...with_, cams };
  };

  test("each removal names the last listing, by which it was judged", async () => {
    const with_ = world([ANA, BUDI, CITRA], { removes: ["look too old", "lost", "look too old"] });
    await execute(taskOf([ANA, BUDI, CITRA]), with_);
    const at = with_.looks.map((look) => with_.listings.findIndex((listing) => listing === look));
    expect(at).toEqual([0, 1, 6, 7, 7]);
  });

  test("the guards judge by the new one: nobody is asked for when who was to stay has left meanwhile", async () => {
    const with_ = waited((there) => there.delete(ANA));
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([BOTH]);
    expect(execution).toMatchObject({ outcomes: [], observed: undefined });
    expect(execution.refusals.map(({ rule }) => rule)).toContain("removes-everybody");
  });

  test("a new one that lost people is not believed, though they were to go: nothing was asked of CAMS", async () => {
    const all = [ANA, BUDI, CITRA, DEWI, EKO];
    const with_ = world(all, {
      removes: ["look too old"],
      lists: ["ok", ...Array<ListStep>(9).fill("empty")],
    });
    const execution = await execute(taskOf(all, { members: members(ANA) }), with_);
    expect(removals(with_)).toHaveLength(1);
    expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["refused"]));
  });

  test("whoever was to go and left meanwhile counts as lost, for nobody was asked for", async () => {
    const go = [BUDI, CITRA, DEWI];
    const with_ = world([ANA, EKO, ...go], { removes: ["look too old"] });
    const execution = await execute(taskOf([ANA, EKO, ...go], { members: members(ANA, EKO) }), leaving(with_, ...go));
    expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["refused"]));
  });

  test("whoever left meanwhile is gone already, and whoever joined is not asked for", async () => {
    const with_ = waited((there) => {
      there.delete(BUDI);
      there.add(DEWI);
    });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([BOTH, `remove ${CITRA}`]);
    expect(outcomes(execution)).toEqual({ [BUDI]: "already gone", [CITRA]: "removed" });
  });

  test("it is so for all who come after, who are not named in vain", async () => {
    const many = Array.from({ length: 9 }, (_, i) => `62812000000${i}`);
    const with_ = world([ANA, ...many], { removes: ["look too old"] });
    await execute(taskOf([ANA, ...many]), with_);
    const first = `remove ${many.slice(0, 8).join(" ")}`;
    expect(removals(with_)).toEqual([first, first, `remove ${many[8]}`]);
  });

  test("the audit log says that nobody was asked for, then what became of them", async () => {
    const with_ = world([ANA, BUDI], { removes: ["look too old"] });
    await execute(taskOf([ANA, BUDI]), with_);
    expect(with_.log.filter((line) => !/^(list|remove)/.test(line))).toEqual([
      ...[`attempt ${BUDI}`, `answer ${BUDI} refused`],
      ...[`attempt ${BUDI}`, `answer ${BUDI} accepted`, `outcome ${BUDI} removed`],
    ]);
  });
});
