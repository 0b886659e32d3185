import { existsSync } from "node:fs";
import { join } from "node:path";
import { today } from "../../ambient";
import { describeProblems, loadRosters, maskProblems } from "../../roster";
import { exportLastRun } from "../../run/export";
import { InputError } from "../../run/input-error";
import { projectName, stacksOf } from "../../run/stack-files";
import type { Settings } from "../../settings";
import type { Chosen } from "../live";
import { tell } from "../project";

/** Groups that rosters have already. */
export interface WithRosters {
  readonly groups: ReadonlySet<string>;
  /** Subjects by which rosters make groups that are not known yet, each with what is to be said of a group with it. */
  readonly subjects: ReadonlyMap<string, string>;
}

/**
 * Groups that any stack's rosters have.
 * @param folder the rosters of the chosen stack
 * @throws InputError when rosters can't be read: they might have any group, so they have to be mended first
 */
export async function groupsWithRosters(
  { root, stack, pulumiStack }: Chosen,
  folder: string,
  { display }: Settings,
): Promise<WithRosters> {
  const folders = new Map([
    ...stacksOf(root).map(({ name, folder }) => [join(root, folder), { name, pulumiStack: name }] as const),
    [folder, { name: stack.name, pulumiStack }],
  ]);
  const groups = new Set<string>();
  const subjects = new Map<string, string>();
  for (const [one, { name, pulumiStack }] of folders) {
    if (!existsSync(one)) continue;
    const loaded = await loadRosters(one, { root, today: today() });
    if (loaded.kind === "invalid") {
      const { problems } = loaded;
      throw new InputError("rosters", describeProblems(display === "masked" ? maskProblems(problems) : problems));
    }
    const { rosters } = loaded.rosters;
    for (const { group } of rosters) if (group !== undefined) groups.add(group);
    const own = rosters.filter(({ group }) => group === undefined);
    if (own.length === 0) continue;
    const last = await exportLastRun(pulumiStack, { project: projectName(root), stack: name }, root);
    if (last === undefined) {
      tell(
        `warning: the state of stack ${name} can't be read, so groups that its rosters made are known by their subjects alone`,
      );
    }
    for (const { group } of last?.chatGroups.values() ?? []) if (group !== "") groups.add(group);
    for (const { name, subject = "", file } of own) {
      const made = last?.chatGroups.get(name)?.group ?? "";
      if (made === "") subjects.set(subject, `${file} makes a group with this subject`);
    }
  }
  return { groups, subjects };
}
