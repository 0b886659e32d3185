import type { Ended } from "./book";
import type { Known } from "./known";
import type { Registration } from "./registrations";
import type { Resource } from "./state";
import type { Record } from "./way";

/** What the state holds, and what the test knows of it. */
export class Resources {
  /** Groups' people, and what sends their invitations, by name. */
  readonly all = { people: new Map<string, Resource>(), senders: new Map<string, Resource>() };
  /** What the test knows of each record, by resource name: it goes with the record. */
  readonly known = new Map<string, Known>();
  /** How the last attempt to invite people ended, by the name of what sends them: it goes with that, too. */
  readonly ended = new Map<string, Ended>();

  /** The records of the state, in its order. */
  records(): readonly Record[] {
    return [...this.all.people].map(([name, { inputs, outputs, failed }]) => ({
      ...{ name, group: String(inputs.group), known: this.known.get(name) },
      members: Object.keys(inputs.members as object),
      unfinished: failed || outputs.failed !== undefined,
      unsent: this.all.senders.get(name)?.outputs.failed !== undefined,
    }));
  }

  /** How the last attempt to invite people into a group ended, as far as the state tells. */
  endOf(group: string): Ended | undefined {
    const [name = ""] = [...this.all.senders].find(([, { inputs }]) => inputs.group === group) ?? [];
    return this.ended.get(name);
  }

  /** The name under which the state has the resource of a registration. */
  formerOf({ kind, name, options }: Pick<Registration, "kind" | "name" | "options">): string {
    const alias = options.aliases?.[0]?.name;
    const all = this.all[kind];
    return alias !== undefined && !all.has(name) && all.has(alias) ? alias : name;
  }

  store(kind: Registration["kind"], former: string, name: string, resource: Resource): void {
    const was = this.all[kind].get(former);
    const isSame = was?.inputs.group === resource.inputs.group;
    const [known, ended] = [this.known.get(former), this.ended.get(former)];
    this.lose(kind, former);
    this.all[kind].set(name, resource);
    if (kind === "people") keep(this.known, name, isSame ? known : undefined);
    else keep(this.ended, name, isSame ? ended : undefined);
  }

  private lose(kind: Registration["kind"], name: string): void {
    this.all[kind].delete(name);
    if (kind === "people") this.known.delete(name);
    else this.ended.delete(name);
  }

  /** Pulumi writes what a run came to first, and then what it has from before. */
  sort(registered: readonly Pick<Registration, "kind" | "name">[]): void {
    for (const kind of ["people", "senders"] as const) {
      const names = registered.flatMap((one) => (one.kind === kind ? [one.name] : []));
      const all = [...this.all[kind]];
      const rank = (name: string): number => (names.includes(name) ? names.indexOf(name) : all.length);
      this.all[kind].clear();
      for (const [name, one] of all.sort(([a], [b]) => rank(a) - rank(b))) this.all[kind].set(name, one);
    }
  }

  /** Resources without a roster are deleted, which calls nothing. */
  forget(registered: readonly Pick<Registration, "kind" | "name">[]): void {
    for (const kind of ["people", "senders"] as const) {
      const names = registered.flatMap((one) => (one.kind === kind ? [one.name] : []));
      for (const name of [...this.all[kind].keys()]) if (!names.includes(name)) this.lose(kind, name);
    }
  }
}

function keep<V>(all: Map<string, V>, name: string, value: V | undefined): void {
  if (value === undefined) all.delete(name);
  else all.set(name, value);
}
