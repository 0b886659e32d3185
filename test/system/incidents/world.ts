import { Cams, CALM, type Weather } from "../model/cams";
import { Stack } from "../model/engine";
import { Files } from "../model/files";
import { BOT } from "../model/people";
import type { Edit, Story } from "../model/story";
import { USUAL, type Ran, type Way } from "../model/way";

/** The world of incidents without an engine: a stack in memory over a CAMS in memory, and all of the real code between. */

export const [ANA, BUDI, CITRA, DEWI, EKO] = [1, 2, 3, 4, 5].map((n) => `62811000000${n}`) as [
  string,
  string,
  string,
  string,
  string,
];

/** One group: who is there, and who is declared. */
export interface Group {
  readonly there: readonly string[];
  readonly members: readonly string[];
}

/** A company that runs Rollcall: edits, bad weather, and runs. Groups are EA1, EA2, EA3; their rosters team-0, … */
export class Company {
  readonly cams = new Cams();
  private readonly stack: Stack;
  private readonly files: Files;

  constructor(groups: readonly Group[], settings: Partial<Story["settings"]> = {}) {
    const story: Story = {
      settings: {
        maxRemovalsPerGroup: 2,
        maxRemovalsPerRun: 10,
        maxGroupsPerPerson: 3,
        onAdopt: "spare",
        undeclared: "remove",
        protect: [],
        display: "full",
        refreshAlways: false,
        ...settings,
      },
      groups: groups.map((group) => ({ unidentified: 0, ...group })),
      steps: [],
    };
    groups.forEach(({ there }, i) => this.cams.groups.set(`EA${i + 1}`, { there: new Set(there), unidentified: 0 }));
    this.files = new Files(story);
    const { refreshAlways: _, ...raw } = story.settings;
    this.stack = new Stack(this.cams, { ...raw, businessNumber: BOT, custSpaceId: "cams-8c8e" });
  }

  edit(...edits: readonly Edit[]): this {
    for (const edit of edits) this.files.apply(edit, this.cams);
    return this;
  }

  up(weather: Partial<Weather> = {}, way: Partial<Way> = {}): Promise<Ran> {
    this.cams.begin({ ...CALM, ...weather });
    return this.stack.up(this.files.loaded(), { ...USUAL, ...way });
  }

  there(group: string): string[] {
    return this.cams.there(group);
  }

  /** Who was asked for in the last run, as `group number`. */
  asked(): string[] {
    return this.cams
      .removals()
      .flatMap(({ group, numbers }) => numbers.map((number) => `${group} ${number}`))
      .sort();
  }
}

/** Every refusal of a run, the run's first. */
export function refusals({ seen }: Ran): { rule: string; message: string }[] {
  const groups = (seen?.groups ?? []).flatMap(({ verdict }) => (verdict.kind === "held" ? verdict.refusals : []));
  return [...(seen?.refusals ?? []), ...groups];
}

export function rules(ran: Ran): string[] {
  return refusals(ran).map(({ rule }) => rule);
}

/** Who is `awaiting`, `left`, …, in a group. */
export function placed(ran: Ran, group: string, place: "awaiting" | "left" | "spared" | "remove"): string[] {
  const found = ran.seen?.groups.find(({ desired }) => desired.group === group);
  return (found?.verdict.plan?.[place] ?? []).map(({ number }) => number);
}
