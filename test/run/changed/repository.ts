import { join } from "node:path";
import { loadRosters } from "../../../src/roster";
import { changedSince, type Concerned } from "../../../src/run/changed";
import { Project } from "../../cli/project";

/** What the tests of `changedSince` share: real repositories, for every row of docs/changed-since.md that git alone decides. */

export const [ANA, BUDI, CITRA] = ["+628110000001", "+628110000002", "+628110000003"];
export const roster = (group: string, number = ANA, rest = ""): string =>
  `group: ${group}\n${rest}members:\n  - { number: "${number}", name: Ana }\n`;
export const OPS = "stacks/prod/ops.yaml";
export const SALES = "stacks/prod/sales.yaml";
export const HR = "stacks/prod/hr.yaml";

/** A project with the groups A, B and C, committed on main, tagged `base`. */
export function committed(...init: readonly string[]): Project {
  const project = new Project({
    "stacks/Pulumi.prod.yaml": "config: {}\n",
    [OPS]: roster("A"),
    [SALES]: roster("B"),
    [HR]: roster("C"),
  });
  project.git("init", "-q", "-b", "main", ...init);
  project.commit();
  project.git("tag", "base");
  return project;
}

export async function concerned(project: Project, reference: string, root = project.root): Promise<Concerned> {
  const loaded = await loadRosters("stacks/prod", { root, today: "2026-03-01" });
  if (loaded.kind !== "ok") throw new Error(JSON.stringify(loaded.problems));
  const { rosters, tree } = loaded;
  return changedSince(reference, {
    ...{ root, stack: "prod", folder: join(root, "stacks/prod") },
    ...{ rosters, tree, today: "2026-03-01" },
  });
}

export const groups = (...some: string[]): Concerned => ({ kind: "some groups", groups: new Set(some) });
export const allGroups = (why: string): Concerned => ({
  kind: "all groups",
  why: expect.stringContaining(why) as string,
});
