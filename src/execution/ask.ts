import { CamsError, type CamsErrorKind } from "../cams";
import type { Removal } from "../membership/types";
import { note } from "./note";
import type { AuditEntry, Executor, Task, Whole } from "./types";

/** What a call said of the people it named. */
export interface Answer {
  readonly kind: "accepted" | "refused" | "unknown";
  /** Asking again would be answered alike. */
  readonly final: boolean;
  /** Nothing was done, since the listing by which they were to go is too old: it takes a new one. */
  readonly stale: boolean;
  readonly detail: string;
}

/** Somebody who was named to CAMS, and what it said. */
export interface Asked {
  readonly person: Removal;
  readonly answer: Answer;
}

/** Failures that meet every further call of the run. */
const FINAL: readonly CamsErrorKind[] = ["access", "stopped", "engine gone"];

/**
 * Names people to CAMS, in calls of at most `size`, and says what was answered for each. Once the look is too old, it is so
 * for all who come after, and nobody else is named.
 * @param look the listing by which they are to go
 */
export async function ask(
  people: readonly Removal[],
  size: number,
  look: Whole,
  task: Task,
  with_: Executor,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  let stale: Answer | undefined;
  for (let at = 0; at < people.length; at += size) {
    const chunk = people.slice(at, at + size);
    if (stale !== undefined) {
      for (const person of chunk) asked.push({ person, answer: stale });
      continue;
    }
    const answer = await askOnce(chunk, look, task, with_);
    if (answer.stale) stale = answer;
    for (const person of chunk) {
      asked.push({ person, answer });
      noteRemoval({ ...person, event: "answer", outcome: answer.kind, detail: answer.detail }, task, with_);
    }
  }
  return asked;
}

async function askOnce(chunk: readonly Removal[], look: Whole, task: Task, { cams, audit }: Executor): Promise<Answer> {
  try {
    for (const person of chunk)
      audit({ ...person, event: "attempt", group: task.ref.group, roster: task.desired.name });
  } catch (error) {
    return { kind: "refused", final: true, stale: false, detail: `nobody was asked for: ${String(error)}` };
  }
  const numbers = chunk.map(({ number }) => number);
  try {
    const { requestId } = await cams.removeParticipants(task.ref, numbers, look);
    return { kind: "accepted", final: true, stale: false, detail: requestId };
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    const kind = error.applied === "no" ? "refused" : "unknown";
    return { kind, final: FINAL.includes(error.kind), stale: error.kind === "look too old", detail: error.message };
  }
}

/** Writes a line about a call that was already sent. */
export const noteRemoval = (entry: Omit<AuditEntry, "group" | "roster">, task: Task, with_: Executor): void =>
  note(() => with_.audit({ ...entry, group: task.ref.group, roster: task.desired.name }), with_);
