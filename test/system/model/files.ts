import type { Digits } from "../../../src/membership/types";
import type { Member, Release, Roster, Rosters } from "../../../src/roster";
import type { Cams } from "./cams";
import { applyToPost, isOfPost } from "./post-edits";
import { GROUPS, type Edit, type PostEdit, type Story } from "./story";

/** One roster of a world, as it is edited. */
export interface RosterFile {
  name: string;
  deleted: boolean;
  readonly members: Set<Digits>;
  readonly expired: Set<Digits>;
  readonly protect: Set<Digits>;
  undeclared: "remove" | "report" | undefined;
  allowEmpty: boolean;
  maxRemovals: number | undefined;
  /** Whether awaited people are invited; undefined: it does not say. */
  invite: boolean | undefined;
}

/** The last day of a release for which nothing else is said. */
const FOREVER = "2099-12-31";

/** What stands in the stack's folder. */
export class Files {
  /** By GroupId. */
  readonly rosters = new Map<string, RosterFile>();
  readonly offboarded = new Set<Digits>();
  readonly consent: Set<Digits>;
  releases: { numbers: readonly Digits[]; group: string | undefined; until?: string | undefined }[] = [];

  constructor({ groups, consent }: Story) {
    this.consent = new Set(consent);
    groups.forEach(({ members }, index) => {
      this.rosters.set(GROUPS[index] ?? "", {
        name: `team-${index}`,
        deleted: false,
        members: new Set(members),
        expired: new Set(),
        protect: new Set(),
        undeclared: undefined,
        allowEmpty: false,
        maxRemovals: undefined,
        invite: undefined,
      });
    });
  }

  /** Rosters that are there, by GroupId. */
  present(): [string, RosterFile][] {
    return [...this.rosters].filter(([, { deleted }]) => !deleted);
  }

  /** Who is declared for a group today. */
  declared({ members, expired }: RosterFile): ReadonlySet<Digits> {
    return new Set([...members].filter((number) => !expired.has(number) && !this.offboarded.has(number)));
  }

  released(group: string): ReadonlySet<Digits> {
    const own = this.releases.filter((release) => release.group === undefined || release.group === group);
    return new Set(own.flatMap(({ numbers }) => numbers));
  }

  /** The last days of the releases that name somebody in a group. */
  releasesOf(group: string, number: Digits): readonly string[] {
    const own = this.releases.filter((one) => (one.group ?? group) === group && one.numbers.includes(number));
    return own.map(({ until = FOREVER }) => until);
  }

  /** All of each roster but its name, by GroupId: what makes it another one for runs that look only at changes. */
  texts(): ReadonlyMap<string, string> {
    const sorted = (numbers: Iterable<Digits>): readonly Digits[] => [...numbers].sort();
    return new Map(
      this.present().map(([group, roster]) => {
        const { undeclared, allowEmpty, maxRemovals, invite } = roster;
        const consent = [...roster.members].filter((number) => this.consent.has(number));
        const people = [this.declared(roster), roster.members, roster.protect, this.released(group), consent];
        const rest = [undeclared ?? null, allowEmpty, maxRemovals ?? null, invite ?? null];
        return [group, JSON.stringify([people.map(sorted), ...rest])];
      }),
    );
  }

  apply(edit: Edit, cams: Cams): void {
    if (isOfPost(edit)) applyToPost(edit, this, cams);
    else if (edit.kind === "move") move(edit, cams);
    else if (edit.kind === "offboard") this.offboarded.add(edit.number);
    else if (edit.kind === "end releases") this.releases = [];
    else if (edit.kind === "release") this.releases.push(edit);
    else {
      const roster = this.rosters.get(edit.group);
      if (roster !== undefined) this.applyTo(roster, edit, cams);
    }
  }

  private applyTo(
    roster: RosterFile,
    edit: Exclude<Edit, PostEdit | { kind: "offboard" | "end releases" | "release" | "move" }>,
    cams: Cams,
  ): void {
    const there = cams.groups.get(edit.group)?.there;
    switch (edit.kind) {
      case "declare":
        if (roster.members.size < 8) roster.members.add(edit.number);
        roster.expired.delete(edit.number);
        break;
      case "drop":
        roster.members.delete(edit.number);
        break;
      case "expire":
        if (roster.members.has(edit.number)) roster.expired.add(edit.number);
        break;
      case "protect":
        roster.protect.add(edit.number);
        break;
      case "join":
        there?.add(edit.number);
        break;
      case "leave":
        there?.delete(edit.number);
        break;
      case "desert":
        there?.clear();
        break;
      case "thin out":
        for (const number of cams.there(edit.group).filter((_, index) => index % 3 !== 1)) there?.delete(number);
        break;
      case "undeclared":
        roster.undeclared = edit.is;
        break;
      case "allowEmpty":
        roster.allowEmpty = edit.is;
        break;
      case "maxRemovals":
        roster.maxRemovals = edit.is;
        break;
      case "delete":
      case "restore":
        roster.deleted = edit.kind === "delete";
        break;
      case "rename":
        if (![...this.rosters.values()].some(({ name }) => name === edit.to)) roster.name = edit.to;
        break;
      case "swap": {
        const other = this.rosters.get(edit.other) ?? roster;
        [roster.name, other.name] = [other.name, roster.name];
      }
    }
  }

  /** Name and people of each roster, by GroupId: what a plan was made of. */
  declarations(): ReadonlyMap<string, string> {
    return new Map(
      this.present().map(([group, roster]) => [
        group,
        JSON.stringify([roster.name, ...[...this.declared(roster)].sort()]),
      ]),
    );
  }

  /** As the roster room hands them on. */
  loaded(): Rosters {
    const member = (number: Digits): Member => ({
      number,
      name: `N${number.slice(-2)}`,
      person: undefined,
      via: [],
      until: undefined,
      consent: this.consent.has(number) ? "2026-05-01" : undefined,
    });
    const names = new Map([...this.rosters].map(([group, { name }]) => [group, name]));
    const rosters = this.present()
      .map(([group, roster]): Roster => {
        const declared = this.declared(roster);
        const former = [...roster.members].filter((number) => !declared.has(number)).sort();
        return {
          name: roster.name,
          file: `stacks/test/${roster.name}.yaml`,
          group,
          ...{ subject: undefined, description: undefined, inviteLink: undefined, linkRevision: undefined },
          invite: roster.invite,
          businessNumber: undefined,
          custSpaceId: undefined,
          undeclared: roster.undeclared,
          allowEmpty: roster.allowEmpty,
          maxRemovals: roster.maxRemovals,
          protect: [...roster.protect],
          members: [...declared].sort().map(member),
          former: former.map((number) => ({
            ...member(number),
            reason: this.offboarded.has(number) ? ("offboarded" as const) : ("expired" as const),
          })),
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const releases = this.releases.map(({ numbers, group, until = FOREVER }, index): Release => ({
      people: numbers,
      groups: group === undefined ? undefined : [names.get(group) ?? "gone"],
      until,
      reason: undefined,
      at: `stacks/test/releases.yaml:${index + 2}`,
    }));
    return { rosters, people: new Map(), keys: new Map(), offboarded: this.offboarded, formerly: new Map(), releases };
  }
}

function move({ group, from, to }: Extract<Edit, { kind: "move" }>, cams: Cams): void {
  for (const [id, { there }] of cams.groups) {
    if ((group === undefined || group === id) && there.delete(from)) there.add(to);
  }
}
