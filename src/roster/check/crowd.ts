/** Checks that need the resolved roster: how many people there are, and whether exclusions hit anybody. */

import { quote } from "../../text/clean";
import { type Fault, fault, valueAt, warning } from "../fault";
import { GROUP_SIZE } from "../../cams/limits";
import type { World } from "../resolve/resolve";
import type { RosterFile } from "./shape";
import type { Roster } from "../types";

export function crowdFaults(roster: Roster, shaped: RosterFile, { sets }: World): Fault[] {
  return [...tooMany(roster, shaped), ...idle(roster, shaped, sets)];
}

/** Told at the first entry of the roster's own that is one too many, else at the included sets. */
function tooMany({ file, members }: Roster, shaped: RosterFile): Fault[] {
  if (members.length <= GROUP_SIZE) return [];
  const own = shaped.members?.length ?? 0;
  const included = members.filter(({ via }) => via.length > 0).length;
  const place =
    own > GROUP_SIZE || included === 0
      ? valueAt(file, "members", Math.min(own - 1, GROUP_SIZE))
      : valueAt(file, "include");
  const through = included === 0 ? "" : `, ${included} of them through sets`;
  const message = `The roster has ${members.length} people${through}, more than the limit of ${GROUP_SIZE} in a WhatsApp group of CAMS.`;
  return [fault(place, "too-many-people", message, `Take ${members.length - GROUP_SIZE} out.`)];
}

function idle({ file }: Roster, shaped: RosterFile, sets: World["sets"]): Fault[] {
  return (shaped.exclude ?? []).flatMap((person, index) => {
    if ((shaped.include ?? []).some((set) => sets.unfold(set).has(person))) return [];
    const message = `${quote(person)} is in none of the included sets, so there is nobody to exclude.`;
    return [warning(valueAt(file, "exclude", index), "exclude-nobody", message, "Delete the entry, or mend the key.")];
  });
}
