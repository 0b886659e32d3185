/** What Pulumi printed about groups themselves and their links, for people. */
import { plural } from "../text/plural";
import { capital, type Section } from "./document";
import type { Told } from "./pulumi-output";
import type { StepOutcome } from "./pulumi-steps";
import { lineEndsShown, LINK_WORDS, LINKS, TO_CHANGE, TO_MAKE, upkeepSection, type UpkeepTitle } from "./upkeep";

/** What is said of groups and links by how far they came; of a preview, and of an update. */
const HOW_FAR: Readonly<Record<StepOutcome, Readonly<Record<UpkeepTitle, string>>>> = {
  failed: {
    [TO_MAKE]: "Not known to be made: the update of the group failed",
    [TO_CHANGE]: "Not known to be changed: the update of the group failed",
    [LINKS]: "Links not known to be changed: their update failed",
  },
  planned: {
    [TO_MAKE]: "Groups to make: planned, and not reached",
    [TO_CHANGE]: "Groups to change: planned, and not reached",
    [LINKS]: "Links: planned, and not reached",
  },
  done: { [TO_MAKE]: "Groups made", [TO_CHANGE]: "Groups changed", [LINKS]: "Links changed" },
};

/** Groups that are made or changed, and links; what failed first. */
export function toldUpkeepSections({ kind, wholeRun, newGroups, changes, links }: Told): readonly Section[] {
  const title = (of: UpkeepTitle, outcome: StepOutcome): string => {
    if (wholeRun) return `${capital(of)}, but the run is refused`;
    return kind === "preview" ? capital(of) : HOW_FAR[outcome][of];
  };
  return (["failed", "planned", "done"] as const).flatMap((outcome) => {
    const of = <T extends { readonly outcome: StepOutcome }>(some: readonly T[]) =>
      some.filter((one) => one.outcome === outcome);
    return [
      upkeepSection(
        title(TO_MAKE, outcome),
        TO_MAKE,
        of(newGroups).map(({ name, subject }) => [name, subject]),
      ),
      upkeepSection(
        title(TO_CHANGE, outcome),
        TO_CHANGE,
        of(changes).map(({ name, what, change }) => [name, what, lineEndsShown(change)]),
      ),
      upkeepSection(
        title(LINKS, outcome),
        LINKS,
        of(links).map(({ name, link, linkReason }) => [name, LINK_WORDS[link], linkReason]),
      ),
    ];
  });
}

const DONE = { make: "made", change: "changed", renew: "renewed", close: "closed" } as const;

/** `1 group to make`, `2 links renewed`; what failed is counted by group. */
export function toldUpkeepFacts({ newGroups, changes, links }: Told): readonly string[] {
  const facts = (noun: string, what: keyof typeof DONE, outcomes: readonly StepOutcome[]): readonly string[] => {
    const [done, planned] = [outcomes.filter((one) => one === "done"), outcomes.filter((one) => one === "planned")];
    return [
      ...(done.length === 0 ? [] : [`${plural(done.length, noun)} ${DONE[what]}`]),
      ...(planned.length === 0 ? [] : [`${plural(planned.length, noun)} to ${what}`]),
    ];
  };
  const outcomesOf = (some: readonly { readonly name: string; readonly outcome: StepOutcome }[]) => [
    ...new Map(some.map(({ name, outcome }) => [name, outcome])).values(),
  ];
  return [
    ...facts("group", "make", outcomesOf(newGroups)),
    ...facts("group", "change", outcomesOf(changes)),
    ...(["make", "renew", "close"] as const).flatMap((act) =>
      facts("link", act, outcomesOf(links.filter(({ link }) => link === act))),
    ),
  ];
}
