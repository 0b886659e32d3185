import { reportMarkdown } from "../../../src/report/document-markdown";
import { planReport } from "../../../src/report/plan";
import { ANA, full, removal } from "../../membership/world";

/** GitHub refuses comments that are longer. */
const LONGEST_COMMENT = 65_536;

test("pulumi/actions#482: the comment outgrew GitHub's limit and vanished", () => {
  const people = Array.from({ length: 3_000 }, (_, i) =>
    removal(String(628120000000 + i), "dropped from roster", `N${i}`),
  );
  const nobody = { present: [], left: [], spared: [], unidentified: 0 };
  const comment = reportMarkdown(
    planReport({
      stack: "dev",
      groups: [
        {
          name: "ops",
          group: "EA1",
          refusals: [],
          plan: { name: "ops", group: "EA1", ...nobody, awaiting: [{ number: ANA, name: "Ana" }], remove: people },
        },
      ],
      notLookedAt: 0,
      letGo: [],
      refusals: [],
      links: new Map(),
      notes: [],
      show: full,
    }),
  );
  expect(comment.length).toBeLessThan(LONGEST_COMMENT);
  // The summary first, with the true count; then who goes, cut and said to be cut; and the rest has room all the same.
  expect(comment.split("\n")[0]).toMatch(/3000 people to remove/);
  expect(comment).toContain("N0");
  expect(comment).not.toContain("N2999");
  expect(comment).toMatch(/more/);
  expect(comment).toContain("Ana");
});
