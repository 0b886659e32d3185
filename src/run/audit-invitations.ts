/** The audit log's lines about earlier invitations whose state is another one now. */
import { resolve } from "node:path";
import * as ambient from "../ambient";
import type { PlannedGroup, RunPlan } from "./plan-run";

/** @returns why lines could not be written; undefined when they were */
export function auditInvitations(
  { groups }: Pick<RunPlan, "groups">,
  {
    root,
    show,
    auditLog,
  }: { readonly root: string; readonly show: (n: string) => string; readonly auditLog?: string | undefined },
): string | undefined {
  if (auditLog === undefined) return undefined;
  try {
    for (const line of groups.flatMap(linesOf)) {
      const shown = { at: ambient.now(), ...line, number: show(line.number) };
      ambient.appendLine(resolve(root, auditLog), JSON.stringify(shown));
    }
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function linesOf({ desired, ref, invitations }: PlannedGroup) {
  if (invitations === undefined) return [];
  const common = { event: "state", act: "invite", group: ref.group, roster: desired.name } as const;
  return [
    ...invitations.ended.map(({ number, name, how }) => ({ ...common, number, name, state: how })),
    ...[...invitations.changed].map(([number, { state }]) => {
      return { ...common, number, name: desired.members.get(number) ?? "", state };
    }),
  ];
}
