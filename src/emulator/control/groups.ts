import { z } from "zod";
import { inStatus, join, leave, type JoinRefusal } from "../groups/rules";
import { digits, limits, statuses, userId, type Business, type Group } from "../groups/types";
import { stateOfGroup } from "../seed";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";
import { changeNumberInGroup } from "./change-number";

const leaveSchema = z.strictObject({
  number: z.string().refine((text) => text === "" || digits.test(text) || userId.test(text), {
    error:
      'must be digits with the country code (no plus), a user id such as US.1349, or "" for a row without a number',
  }),
});
const joinSchema = leaveSchema.extend({ link: z.string().min(1).optional() });
const statusSchema = z.strictObject({ status: z.enum(statuses) });

const why: Readonly<Record<JoinRefusal, string>> = {
  removed: "was removed from this group, and WhatsApp lets nobody who was removed rejoin by link",
  full: `can't join: the group has ${limits.participants} participants, WhatsApp's limit`,
  "no-link": "can't join: the group has no invite link",
  "old-link": "can't join: the link is not the group's now",
  "not-active": "can't join: the group is not ACTIVE",
};

interface Place {
  readonly business: Business;
  readonly group: Group;
}
type Verb = (parts: ControlParts, place: Place, body: unknown) => ControlAnswer;

const verbs: Readonly<Record<string, Verb>> = {
  join: (parts, { business, group }, body) => {
    const person = joinSchema.safeParse(body);
    if (!person.success) return unreadable('{"number":"628…"} or {"number":"628…","link":"https://…"}', person.error);
    const { number, link } = person.data;
    const next = join(group, number, link);
    if (typeof next === "string") return failed(409, `${number} ${why[next]}.`, { reason: next });
    parts.world.put(business, next === group ? group : { ...next, modified: parts.clock() });
    return ok(stateOfGroup(next));
  },
  leave: (parts, { business, group }, body) => {
    const person = leaveSchema.safeParse(body);
    if (!person.success) return unreadable('{"number":"628…"}', person.error);
    const { number } = person.data;
    const next = leave(group, number);
    if (next === undefined) {
      return failed(409, `${number} is not in group ${group.groupId}.`, { reason: "not-a-member" });
    }
    parts.world.put(business, { ...next, modified: parts.clock() });
    return ok(stateOfGroup(next));
  },
  "change-number": changeNumberInGroup,
  status: (parts, { business, group }, body) => {
    const wanted = statusSchema.safeParse(body);
    if (!wanted.success) return failed(400, `The body must read {"status":"…"} with one of ${statuses.join(", ")}.`);
    const next = { ...inStatus(group, wanted.data.status), modified: parts.clock() };
    parts.world.put(business, next);
    return ok(stateOfGroup(next));
  },
};

/** What can be done to a group by `POST /_emulator/groups/<GroupId>/<verb>`. */
export const groupVerbs: readonly string[] = Object.keys(verbs);

/** `POST /_emulator/groups/<GroupId>/<verb>`: what people and WhatsApp do, not the API. Undefined: no such verb. */
export function groupControl(
  parts: ControlParts,
  groupId: string,
  verb: string,
  body: unknown,
): ControlAnswer | undefined {
  const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (act === undefined) return undefined;
  const place = parts.world.find(groupId);
  return place === undefined ? failed(404, `There is no group ${groupId}.`) : act(parts, place, body);
}

function unreadable(wanted: string, error: z.ZodError): ControlAnswer {
  return failed(400, `The body must read ${wanted}: ${z.prettifyError(error)}`);
}
