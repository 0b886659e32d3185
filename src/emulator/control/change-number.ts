import { z } from "zod";
import { changeNumber, present, type NumberChangeRefusal } from "../groups/rules";
import { digits, type Business, type Group } from "../groups/types";
import { stateOfGroup } from "../seed";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";

const number = z.string().regex(digits, "must be 5 to 15 digits with the country code, without plus");
const changeSchema = z.strictObject({ from: number, to: number });
type Change = z.output<typeof changeSchema>;
interface Place {
  readonly business: Business;
  readonly group: Group;
}

const why: Readonly<Record<NumberChangeRefusal, (change: Change, groupId: string) => string>> = {
  "not-a-member": ({ from }, groupId) => `${from} is not in group ${groupId}.`,
  "already-a-member": ({ to }, groupId) => `${to} is in group ${groupId} already.`,
  removed: ({ to }, groupId) =>
    `${to} was removed from group ${groupId}; what WhatsApp does with such a number is not known.`,
};

/** `POST /_emulator/groups/<GroupId>/change-number`: as if WhatsApp had told this group only, so far. */
export function changeNumberInGroup(parts: ControlParts, place: Place, body: unknown): ControlAnswer {
  const change = changeSchema.safeParse(body);
  if (!change.success) return unreadable(change.error);
  const next = changed(parts, [place], change.data);
  if (next.kind === "refused") return next.answer;
  return ok(next.places.map(({ group }) => stateOfGroup(group))[0]);
}

/** `POST /_emulator/change-number`: in all groups that the person is in, or, where one of them refuses, in none. */
export function changeNumberEverywhere(parts: ControlParts, body: unknown): ControlAnswer {
  const change = changeSchema.safeParse(body);
  if (!change.success) return unreadable(change.error);
  const { from } = change.data;
  const places = [...parts.world.businesses.values()].flatMap((business) =>
    [...business.groups.values()]
      .filter((group) => present(group).some(({ row }) => row === from))
      .map((group) => ({ business, group })),
  );
  if (places.length === 0) return failed(409, `${from} is in no group.`, { reason: "not-a-member" });
  const next = changed(parts, places, change.data);
  if (next.kind === "refused") return next.answer;
  return ok({ groups: next.places.map(({ group }) => group.groupId) });
}

type Changed =
  | { readonly kind: "changed"; readonly places: readonly Place[] }
  | { readonly kind: "refused"; readonly answer: ControlAnswer };

function changed({ world, clock }: ControlParts, places: readonly Place[], change: Change): Changed {
  const next: Place[] = [];
  for (const { business, group } of places) {
    const moved = changeNumber(group, change.from, change.to);
    if (typeof moved === "string") {
      return { kind: "refused", answer: failed(409, why[moved](change, group.groupId), { reason: moved }) };
    }
    next.push({ business, group: { ...moved, modified: clock() } });
  }
  for (const { business, group } of next) world.put(business, group);
  return { kind: "changed", places: next };
}

function unreadable(error: z.ZodError): ControlAnswer {
  return failed(400, `The body must read {"from":"628…","to":"628…"}: ${z.prettifyError(error)}`);
}
