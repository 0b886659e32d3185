import type { Emulator } from "../src/emulator";

/** Asks the control interface of a local CAMS, as a person would who plays with it. */
export async function control(cams: Emulator, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${cams.url}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

/** A group at a local CAMS, as far as tests look at it. */
export interface LiveGroup {
  readonly groupId: string;
  readonly subject: string;
  readonly description: string;
  readonly inviteLink: string | null;
  readonly participants: readonly string[];
}

/** The groups of all business numbers. */
export async function groupsOf(cams: Emulator): Promise<readonly LiveGroup[]> {
  const state = (await control(cams, "GET", "state")) as {
    readonly businessNumbers: Record<string, { readonly groups: readonly LiveGroup[] }>;
  };
  return Object.values(state.businessNumbers).flatMap(({ groups }) => groups);
}

/** Who is in a group now, in order; nobody is in a group that is not there. */
export async function participantsOf(cams: Emulator, group: string): Promise<readonly string[]> {
  const found = (await groupsOf(cams)).find(({ groupId }) => groupId === group);
  return [...(found?.participants ?? [])].sort();
}
