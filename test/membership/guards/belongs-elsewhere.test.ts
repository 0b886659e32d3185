import type { Conflict } from "../../../src/membership/guards";
import { adopted, ANA } from "../world";
import { judged } from "./history";

describe("belongs-elsewhere", () => {
  test("a group that is nobody else's passes", () => {
    expect(judged({}, adopted(ANA), [ANA])).toEqual([]);
  });

  test.each<[Conflict, readonly string[]]>([
    [
      { kind: "other resource", resource: "leads" },
      [
        "belongs to the resource leads",
        "Give the roster leads back the group",
        "rename it to a name that is not in use",
      ],
    ],
    [
      { kind: "name taken", resource: "leads", group: "EA9" },
      [
        "belongs to the resource leads",
        "the name of this roster to the group EA9",
        "Rename stacks/main/jakarta/ops.yaml to leads",
      ],
    ],
    [
      { kind: "takes over", group: "EA9", roster: "leads" },
      [
        "belongs to the group EA9, which the roster leads declares now",
        "Rename stacks/main/jakarta/ops.yaml to a name that is not in use",
      ],
    ],
    [
      { kind: "other stack", stack: "prod", file: "stacks/prod/ops.yaml", sure: true },
      ["the stack prod declares the group, too (stacks/prod/ops.yaml)", "stacks/main/jakarta/ops.yaml or that one"],
    ],
    [
      { kind: "other stack", stack: "prod", file: "stacks/prod/ops.yaml", sure: false },
      ["the stack prod may declare the group, too: stacks/prod/ops.yaml has faults", "`rollcall validate`"],
    ],
  ])("holds the group, though nobody would go, and says what to do: $kind", (conflict, words) => {
    const [refusal, ...others] = judged({}, adopted(ANA), [ANA], conflict);
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ rule: "belongs-elsewhere", name: "jakarta/ops" });
    for (const word of ["jakarta/ops (EA93UU0042): ", ...words]) expect(refusal?.message).toContain(word);
  });
});
