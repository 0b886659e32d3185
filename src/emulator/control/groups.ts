import { z } from "zod";
import { inStatus, join, leave, type JoinRefusal } from "../groups/rules";
import { digits, limits, statuses, userId } from "../groups/types";
import { stateOfGroup } from "../seed";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";
import { changeNumberInGroup } from "./change-number";

const personSchema = z.strictObject({
  number: z.string().refine((text) => text === "" || digits.test(text) || userId.test(text), {
    error:
      'must be digits with the country code (no plus), a user id such as US.1349, or "" for a row without a number',
  }),
});
const statusSchema = z.strictObject({ status: z.enum(statuses) });

const why: Readonly<Record<JoinRefusal, string>> = {
  removed: "was removed from this group, and WhatsApp lets nobody who was removed rejoin by link",
  full: `can't join: the group has ${limits.participants} participants, WhatsApp's limit`,
  "no-link": "can't join: the group has no invite link",
  "not-active": "can't join: the group is not ACTIVE",
};

/** What can be done to a group by `POST /_emulator/groups/<GroupId>/<verb>`. */
export const groupVerbs: readonly string[] = ["join", "leave", "change-number", "status"];

/** `POST /_emulator/groups/<GroupId>/<verb>`: what people and WhatsApp do, not the API. */
export function groupControl(parts: ControlParts, groupId: string, verb: string, body: unknown): ControlAnswer {
  const found = parts.world.find(groupId);
  if (found === undefined) return failed(404, `There is no group ${groupId}.`);
  const { business, group } = found;

  if (verb === "status") {
    const wanted = statusSchema.safeParse(body);
    if (!wanted.success) return failed(400, `The body must read {"status":"…"} with one of ${statuses.join(", ")}.`);
    const next = { ...inStatus(group, wanted.data.status), modified: parts.clock() };
    parts.world.put(business, next);
    return ok(stateOfGroup(next));
  }

  if (verb === "change-number") return changeNumberInGroup(parts, found, body);

  const person = personSchema.safeParse(body);
  if (!person.success) return failed(400, `The body must read {"number":"628…"}: ${z.prettifyError(person.error)}`);
  const { number } = person.data;
  if (verb === "leave") {
    const next = leave(group, number);
    if (next === undefined) return failed(409, `${number} is not in group ${groupId}.`, { reason: "not-a-member" });
    parts.world.put(business, { ...next, modified: parts.clock() });
    return ok(stateOfGroup(next));
  }
  const next = join(group, number);
  if (typeof next === "string") return failed(409, `${number} ${why[next]}.`, { reason: next });
  parts.world.put(business, next === group ? group : { ...next, modified: parts.clock() });
  return ok(stateOfGroup(next));
}
