import { isPossible } from "../../numbers";
import { likenesses } from "../near-miss";
import type { Person } from "../types";
import { plural } from "../../text/plural";
import { nameOf, nameAll, type GroupRule, type Show } from "./rule";

/** Somebody who would go may be a declared or protected person whose number is written in another way. */
export const nearMissOfDeclared: GroupRule = {
  rule: "near-miss",
  refuse: ({ desired, plan }, show) => {
    const counted = plan.remove.filter((person) => !desired.released.has(person.number));
    const absent = new Set([...plan.awaiting, ...plan.left].map(({ number }) => number));
    const suspects = counted
      .map((person) => ({ person, like: likenesses(person, desired, absent) }))
      .filter(({ like }) => like.length > 0);
    if (suspects.length === 0) return undefined;
    const told = suspects.map(({ person, like }) => {
      const whom = like.map((one) => `${nameOf(one, show)}: ${one.how}`);
      return `${nameOf(person, show)} looks like ${whom.join(", and like ")}`;
    });
    return (
      `${suspects.length} of ${plural(counted.length, "removal")} may be of declared or protected people, written in ` +
      `another way, and none of these is permitted: ${told.join("; ")}. ` +
      remedy(
        desired.file,
        suspects.map(({ person }) => person),
        show,
      )
    );
  },
};

/** What to do. Only rosters have people.yaml and releases.yaml beside them, and no release takes an impossible number. */
function remedy(file: string, suspects: readonly Person[], show: Show): string {
  const isRoster = file.endsWith(".yaml");
  const unknown = suspects.filter(({ number }) => !isPossible(number));
  const listed = `${nameAll(unknown, show)}, which no country's plan knows`;
  const how = isRoster ? `with asListed: true beside ${listed}` : `and name ${listed}, in asListed`;
  const keep = "keep the number with protect";
  const same = `write the number in ${file}${isRoster ? " or people.yaml" : ""} as CAMS lists it`;
  const release = "release the removal in releases.yaml";
  if (unknown.length === 0)
    return `If it is the same person, ${same}; if not, ${isRoster ? `${release}, or ` : ""}${keep}`;
  return `If it is the same person, ${same}, ${how}; if not, ${keep}${isRoster ? `, or, where a plan knows it, ${release}` : ""}`;
}
