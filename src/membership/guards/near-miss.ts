import { nearMiss } from "../near-miss";
import { call, count, type GroupRule } from "./rule";

/** Somebody who would go may be a declared or protected person whose number is written in another way. */
export const nearMissOfDeclared: GroupRule = {
  rule: "near-miss",
  refuse: ({ desired, plan }, show) => {
    const counted = plan.remove.filter((person) => !desired.released.has(person.number));
    const unnamed = [...desired.protect].map((number) => [number, desired.names.get(number) ?? ""] as const);
    const wanted = new Map([...unnamed, ...desired.members]);
    const suspects = counted.flatMap((person) => {
      const likenesses = [...wanted].flatMap(([number, name]) => {
        const likeness = nearMiss(person.number, number);
        return likeness === undefined ? [] : [`${call({ number, name }, show)}: ${likeness}`];
      });
      return likenesses.length === 0 ? [] : [`${call(person, show)} looks like ${likenesses.join(", and like ")}`];
    });
    if (suspects.length === 0) return undefined;
    return (
      `${suspects.length} of ${count(counted.length, "removal")} may be of declared or protected people, written in ` +
      `another way, and none of these is permitted: ${suspects.join("; ")}. If it is the same person, write the number in ` +
      `${desired.file} as CAMS lists it; if not, release the removal in releases.yaml, or keep the number with protect`
    );
  },
};
