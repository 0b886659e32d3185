import { z } from "zod";
import { Refusal } from "../errors";
import { present, remove } from "../groups/rules";
import { digits, limits, userId } from "../groups/types";
import type { Json } from "../wire/reply";
import { writableGroupOf, type Call } from "./call";
import { parseJson } from "./page";

const listSchema = z
  .array(z.object({ ParticipantNumber: z.string() }))
  .min(1)
  .max(limits.participants);

/**
 * DeleteChatGroupParticipants, as Meta answers it: 1 to 8 entries, nobody twice, else nothing is removed. Entries that
 * are no members are passed over; a list of nobody but those is refused with 131212. The answer has no outcome per
 * number: Result says for how many the removal was accepted.
 */
export function deleteChatGroupParticipants(call: Call): Json {
  const { business, group } = writableGroupOf(call);
  const rows = rowsOf(call);
  const { removeAtMost, removalReads } = call.manner;
  const members = new Set(present(group).map(({ row }) => row));
  const accepted = rows.filter((row) => members.has(row));
  if (accepted.length === 0) throw new Refusal("131212", `None of ${rows.length} is in group ${group.groupId}.`);
  const next = remove(group, accepted.slice(0, removeAtMost), removalReads);
  if (next.removed.length > 0) call.world.put(business, { ...next.group, modified: call.now });
  return { Result: accepted.length };
}

function rowsOf(call: Call): string[] {
  const text = call.params.get("List");
  if (text === undefined || text === "") throw new Refusal("InvalidParameter.ListInvalid", "There is no List.");
  const list = listSchema.safeParse(parseJson(text));
  if (!list.success) {
    const wanted = `It must be a JSON array of 1 to ${limits.participants} objects {"ParticipantNumber":"…"}.`;
    throw new Refusal("InvalidParameter.ListInvalid", wanted);
  }
  const rows = list.data.map((entry) => entry.ParticipantNumber);
  if (new Set(rows).size < rows.length) throw new Refusal("131202");
  if (rows.some((row) => !digits.test(row) && !userId.test(row))) throw new Refusal("InvalidParameter.ToOnlyNumeric");
  return rows;
}
