import {
  judgeGroup,
  judgeRun,
  type Approved,
  type Candidate,
  type RunCase,
  type Verdict,
} from "../../../src/membership/guards";
import type { Desired, Refusal, Removal } from "../../../src/membership/types";
import { maskNumber } from "../../../src/text/mask";
import { BUDI, candidate, full, members, removal } from "../world";

/** What the tests of the guards share: a table for each rule. */

export const limits = { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 };

export function rulesOf(verdict: Verdict): readonly string[] {
  return verdict.kind === "held" ? verdict.refusals.map(({ rule }) => rule) : [];
}

export function messageOf(refusals: readonly Refusal[], rule: string): string {
  return refusals.find((one) => one.rule === rule)?.message ?? "not refused";
}

export function refusalOf(one: Candidate, rule: string, show = full): string {
  const verdict = judgeGroup(one, show);
  return messageOf(verdict.kind === "held" ? verdict.refusals : [], rule);
}

export function approvedOf(one: Candidate): Approved {
  const verdict = judgeGroup(one, full);
  if (verdict.kind === "held") throw new Error(verdict.refusals.map(({ message }) => message).join());
  return verdict.approved;
}

/** What is told, what is declared otherwise, and who is there. */
type Row = [string, Partial<Desired>, ...string[]];

interface Table {
  readonly rule: string;
  readonly passes: readonly Row[];
  readonly held: readonly Row[];
  /** Words of the refusal of the first held case: people, counts, limit, setting. */
  readonly names: readonly string[];
}

/** Nobody is declared. */
export const nobody = members();

/** A rule for groups: what passes it, what it holds, and that it says all that people need. */
export function testGroupRule({ rule, passes, held, names }: Table): void {
  test.each(passes)("passes: %s", (_, over, ...there) => {
    expect(rulesOf(judgeGroup(candidate(over, ...there), full))).not.toContain(rule);
  });

  test.each(held)("holds: %s", (_, over, ...there) => {
    expect(rulesOf(judgeGroup(candidate(over, ...there), full))).toContain(rule);
  });

  test("names roster, group, people, counts, limit and what permits it", () => {
    const [, over, ...there] = held[0]!;
    const message = refusalOf(candidate(over, ...there), rule);
    for (const word of ["jakarta/ops (EA93UU0042): ", ...names]) expect(message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const [, over, ...there] = held[0]!;
    const message = refusalOf(candidate(over, ...there), rule, maskNumber);
    expect(message).not.toMatch(/\d{7}/);
    expect(message).toContain("•");
  });
}

/** One group of a run, as it came through its own guards. */
export function inRun(name: string, remove: readonly Removal[], ...released: readonly string[]): RunCase {
  return { name, remove, released: new Set(released) };
}

/** `n` groups, each of which loses one person of its own. */
export function losses(n: number): RunCase[] {
  return Array.from({ length: n }, (_, i) => inRun(`group-${i}`, [removal(`6281200000${10 + i}`)]));
}

/** Budi goes from `n` groups. */
export function everywhere(n: number, reason: Removal["reason"] = "dropped from roster"): RunCase[] {
  return Array.from({ length: n }, (_, i) => inRun(`group-${i}`, [removal(BUDI, reason, "Budi")]));
}

interface RunTable {
  readonly rule: string;
  readonly passes: readonly (readonly [string, readonly RunCase[]])[];
  readonly refused: readonly (readonly [string, readonly RunCase[]])[];
  readonly names: readonly string[];
}

/** The same of a rule for whole runs. */
export function testRunRule({ rule, passes, refused, names }: RunTable): void {
  test.each(passes)("passes: %s", (_, all) => {
    expect(judgeRun(all, limits, full).map((one) => one.rule)).not.toContain(rule);
  });

  test.each(refused)("refuses: %s", (_, all) => {
    expect(judgeRun(all, limits, full).map((one) => one.rule)).toContain(rule);
  });

  test("names groups, people, counts, limit and what permits it", () => {
    const message = messageOf(judgeRun(refused[0]![1], limits, full), rule);
    for (const word of names) expect(message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const message = messageOf(judgeRun(refused[0]![1], limits, maskNumber), rule);
    expect(message).not.toMatch(/\d{7}/);
    expect(message).toContain("•");
  });
}
