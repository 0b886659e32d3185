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

/** Who is in a group now, in order; nobody is in a group that is not there. */
export async function participantsOf(cams: Emulator, group: string): Promise<readonly string[]> {
  const state = (await control(cams, "GET", "state")) as EmulatorState;
  const groups = Object.values(state.businessNumbers).flatMap((business) => business.groups);
  return [...(groups.find(({ groupId }) => groupId === group)?.participants ?? [])].sort();
}

interface EmulatorState {
  readonly businessNumbers: Record<
    string,
    { readonly groups: readonly { readonly groupId: string; readonly participants: readonly string[] }[] }
  >;
}
