/**
 * The executor: the only place that removes people.
 *
 * It takes removals that the guards approved, and can only shorten that list. First it lists the group again. This second
 * look has to be whole and has to agree with the first one. A removal is dropped when the person is not there any more, is
 * declared by now, or a guard objects. Then the people are sent to CAMS, at most 8 in a call. The audit log has a line for
 * each before and after the call. An answer only means *accepted*, so the group is listed until they are gone.
 *
 * There are two kinds of failed calls. A plain refusal did nothing: a refused list of people is tried one by one, so that
 * one odd row does not keep the others in. After any other failure the result is unknown: the group is listed, and only
 * people who are still there are sent once more. So nobody is sent twice without a listing in between. A look allows a
 * call for some seconds only. When the call has to wait longer, as under throttling, the group is listed and judged again;
 * that is no attempt, because nothing was done. Everybody who was sent gets an outcome, and the last listing that is
 * believed goes into state.
 */
import { GROUP_SIZE } from "../cams";
import { narrow, secondLook } from "../membership/guards";
import { byNumber, planGroup } from "../membership/plan";
import type { Digits, Removal } from "../membership/types";
import { ask, noteRemoval, type Answer } from "./ask";
import { confirmGone } from "./confirm";
import type { Execution, Executor, Outcome, Task, Whole } from "./types";

/** Times that one person may be asked for, each after a listing that still shows them. */
const MOST_ATTEMPTS = 2;
/**
 * Listings that one execution may ask by. Each holds for LOOK_HOLDS_MS, so that a removal that is throttled for ever is given
 * up after about two minutes, as every other call is.
 */
const MOST_LOOKS = 12;
const NOT_LISTED = "accepted, but there was no listing afterwards that could be believed";

const LISTED_AGAIN = "An earlier listing lacked this person, and the last one has them. Run pulumi up again";

/** Removes who is approved, still there and still undeclared. Throws `CamsError` only before the first removal. */
export async function execute(task: Task, with_: Executor): Promise<Execution> {
  const fresh = await with_.cams.listParticipants(task.ref);
  if (fresh.kind === "doubtful") {
    const message = `${task.desired.name} (${task.ref.group}): ${fresh.why}`;
    return held([{ rule: "doubtful-listing", name: task.desired.name, message }]);
  }
  const { desired, observed: first } = task;
  const doubt = secondLook({ desired, before: first, now: fresh, asked: new Set() }, with_.show);
  if (doubt !== undefined) return held([doubt]);

  const outcomes = new Map<Digits, Outcome>();
  const settle = (person: Removal, outcome: Outcome["outcome"], detail = ""): void => {
    outcomes.set(person.number, { ...person, outcome, detail });
  };
  for (const person of task.approved.remove) {
    if (!fresh.participants.includes(person.number)) settle(person, "already gone");
  }

  let observed: Whole = fresh;
  const ever = new Set<Digits>();
  let pending: readonly Removal[] = task.approved.remove.filter(({ number }) => !outcomes.has(number));
  let attempt = 1;
  for (let looks = 1; pending.length > 0; looks++) {
    const verdict = narrow(
      task.approved,
      { ...task, plan: planGroup(task.desired, observed, task.history) },
      with_.show,
    );
    if (verdict.kind === "held" && attempt === 1) return held(verdict.refusals);
    if (verdict.kind === "held") {
      const why = verdict.refusals.map(({ message }) => message).join("; ");
      for (const person of pending) settle(person, "refused", why);
      break;
    }
    const allowed = new Set(verdict.approved.remove.map(({ number }) => number));
    const people = pending.filter(({ number }) => allowed.has(number));

    const asked = await ask(people, attempt === 1 ? GROUP_SIZE : 1, observed, task, with_);
    const going = asked.filter(({ answer }) => answer.kind !== "refused").map(({ person }) => person);
    for (const { person, answer } of asked) if (!answer.stale) ever.add(person.number);
    const look = await confirmGone(going, observed, ever, task, with_);
    observed = look ?? observed;

    const again: Removal[] = [];
    for (const { person, answer } of asked) {
      if (look !== undefined && !look.participants.includes(person.number)) {
        settle(person, answer.kind === "refused" ? "already gone" : "removed");
      } else if (answer.kind === "accepted") {
        if (look === undefined) settle(person, "unknown", NOT_LISTED);
        else settle(person, "still listed");
      } else if (answer.stale && look !== undefined && looks < MOST_LOOKS) {
        again.push(person);
      } else if (!answer.stale && look !== undefined && attempt < MOST_ATTEMPTS && mayAskAgain(answer, people.length)) {
        again.push(person);
      } else {
        settle(person, answer.kind, answer.detail);
      }
    }
    pending = again;
    if (asked.some(({ answer }) => !answer.stale)) attempt = MOST_ATTEMPTS;
  }
  // A person who was missing in one listing and is in a later one was not removed, or is back.
  for (const { number, outcome, detail: _, ...person } of [...outcomes.values()]) {
    const isGone = outcome === "removed" || outcome === "already gone";
    if (isGone && observed.participants.includes(number)) settle({ ...person, number }, "refused", LISTED_AGAIN);
  }
  for (const outcome of outcomes.values()) noteRemoval({ ...outcome, event: "outcome" }, task, with_);
  return { outcomes: [...outcomes.values()].sort(byNumber), refusals: [], observed };
}

/** Nobody was asked for, and nothing that was seen is remembered. */
const held = (refusals: Execution["refusals"]): Execution => ({ outcomes: [], refusals, observed: undefined });

/** A refused list may have one odd row in it; a refused person is refused. */
function mayAskAgain(answer: Answer, asked: number): boolean {
  return !answer.final && (answer.kind === "unknown" || asked > 1);
}
