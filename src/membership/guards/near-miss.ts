import { nearMiss } from "../near-miss";
import { call, type GroupRule } from "./rule";

/** Somebody who would go may be a declared person whose number is written in another way. */
export const nearMissOfDeclared: GroupRule = {
  rule: "near-miss",
  refuse: ({ desired, plan }, show) => {
    const suspects = plan.remove
      .filter((person) => !desired.released.has(person.number))
      .flatMap((person) =>
        [...desired.members].flatMap(([number, name]) => {
          const likeness = nearMiss(person.number, number);
          return likeness === undefined
            ? []
            : [`${call(person, show)} looks like ${call({ number, name }, show)}: ${likeness}`];
        }),
      );
    if (suspects.length === 0) return undefined;
    return (
      `${suspects.join("; ")}. If it is the same person, write the number in ${desired.file} as CAMS lists it; ` +
      `if not, release the removal in releases.yaml, or keep the number with protect`
    );
  },
};
