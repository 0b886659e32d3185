/** `rollcall who` for people: a section for each group in a terminal, one table in Markdown. */
import type { Report, Section } from "../document";
import { countNotKnown, countStates, entriesOf, isDoubtful, remarksOf, type Days } from "./entries";
import { headlineOf } from "./headline";
import type { WhoGroup, WhoReport } from "./types";

export function whoReport(report: WhoReport): Report {
  return { ...headOf(report), sections: report.groups.map((one) => sectionOf(one, report)) };
}

/** One table, so that a long one is cut at its end. Groups that are not known come first, then doubtful ones. */
export function whoTable(report: WhoReport): Report {
  const { groups } = report;
  const rows = (some: readonly WhoGroup[]) => whoRows({ ...report, groups: some }, "ago");
  const others = groups.filter((one) => !isKnown(one));
  const known = groups.filter(isKnown).sort((a, b) => Number(isDoubtful(b)) - Number(isDoubtful(a)));
  return {
    ...headOf(report),
    rest: "Use --format csv or html for all of it",
    sections: [
      {
        ...{ title: "Not known", tone: "caution", columns: COLUMNS, rows: rows(others) },
        counted: String(countNotKnown(groups)),
      },
      { ...{ title: "Groups", tone: "plain", columns: COLUMNS, rows: rows(known) }, counted: String(known.length) },
    ],
  };
}

const COLUMNS = ["Group", "GroupId", "Subject", "State", "Number", "Name", "Note"] as const;

const isKnown = ({ seen }: WhoGroup): boolean => seen.kind === "known";

const headOf = (report: WhoReport): Omit<Report, "sections"> => ({
  subject: `Stack ${report.stack}`,
  headline: headlineOf(report),
  notes: report.notes,
});

/** A row for each person of each group, and for each remark on a group; numbers as they are shown. */
export function whoRows({ groups, show }: Pick<WhoReport, "groups" | "show">, days: Days): readonly string[][] {
  return groups.flatMap((one) => {
    const head = [one.name, one.group, one.subject ?? ""];
    return [
      ...remarksOf(one).map(([state, note]) => [...head, state, "", "", note]),
      ...entriesOf(one, days).map(({ state, number, name, note }) => [...head, state, show(number), name, note]),
    ];
  });
}

function sectionOf(one: WhoGroup, { show }: WhoReport): Section {
  const { name, group, subject = "", seen } = one;
  const { present, undeclared, unidentified } = countStates([one]);
  return {
    title: [name, group, subject].filter((text) => text !== "").join(", "),
    tone: seen.kind === "not known" ? "caution" : "plain",
    columns: [],
    rows: [
      ...remarksOf(one).map(([state, note]) => [state, "", "", note]),
      ...entriesOf(one, "ago").map((who) => [who.state, show(who.number), who.name, who.note]),
    ],
    counted: seen.kind === "not known" ? "not known" : `${present + undeclared + unidentified} there`,
  };
}
