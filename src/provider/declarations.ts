/**
 * Every group that one run of a program declares, and by which resource. Two resources for one group see each other's
 * people as strangers, and Pulumi may let the first act before the second is checked. So a resource is sent only when
 * all groups that the program declares in the same turn are known. None is sent once a group is declared twice.
 *
 * A group may be the output of another resource. The wait for that output has a limit, because the output may come from
 * the very resource that waits. After the limit, the resource is sent with the names of the resources that may declare
 * the same group, and the provider removes nobody from its group.
 */

/** What became of the group of a resource, where it is an output or a promise. */
export type Settled =
  | { readonly kind: "known"; readonly group: string }
  /** A preview does not know it yet; `up` will. */
  | { readonly kind: "later" }
  /** It should be known by now and is not: the resource that gives it failed, or was left out of the run. */
  | { readonly kind: "missing" };

export type Admission =
  | { readonly kind: "admitted"; readonly undecided: readonly string[] }
  /** @property message the same for all resources of a run */
  | { readonly kind: "refused"; readonly message: string };

/** What a run needs of the world around it, as parameters. */
export interface Surroundings {
  /** Waits until all work that is under way and does not itself wait has been done. */
  turn(): Promise<void>;
  now(): number;
  /** The alarm has to be ended when nobody waits for it any more; else it keeps the program from ending. */
  alarm(ms: number): { readonly rung: Promise<void>; end(): void };
}

/**
 * How long a resource waits for the groups of others, in milliseconds. A group that another resource gives is known
 * once that resource is made, mostly in a second or two. If that resource depends on the one that waits, the group
 * never becomes known, and each run waits this long.
 */
export const WAIT_MS = 10_000;

interface Declaration {
  readonly name: string;
  readonly since: number;
  state: Settled | { readonly kind: "pending" };
  /** Never fails. */
  readonly settled: Promise<void>;
}

export class Declarations {
  private readonly all: Declaration[] = [];
  private readonly byGroup = new Map<string, string[]>();
  private readonly twins = deferred();

  constructor(private readonly around: Surroundings) {}

  /**
   * Records a declaration at once, and says when and how its resource may be sent.
   * @param group if it is a promise, it must not fail
   */
  async declare(name: string, group: Settled | Promise<Settled>): Promise<Admission> {
    const own = this.note(name, group);
    await this.around.turn();
    await Promise.race([own.settled, this.twins.promise]);
    await this.othersOf(own);
    const twins = twinsText(this.byGroup);
    if (twins !== undefined) return { kind: "refused", message: twins };
    return { kind: "admitted", undecided: undecided(this.all, own) };
  }

  private note(name: string, group: Settled | Promise<Settled>): Declaration {
    const since = this.around.now();
    if (!(group instanceof Promise)) {
      const own: Declaration = { name, since, state: group, settled: Promise.resolve() };
      this.all.push(own);
      this.learn(own, group);
      return own;
    }
    const own: Declaration = {
      ...{ name, since, state: { kind: "pending" } },
      settled: group.then((state) => this.learn(own, state)),
    };
    this.all.push(own);
    return own;
  }

  private learn(own: Declaration, state: Settled): void {
    own.state = state;
    if (state.kind !== "known") return;
    const names = [...(this.byGroup.get(state.group) ?? []), own.name];
    this.byGroup.set(state.group, names);
    if (names.length > 1) this.twins.resolve();
  }

  /** Waits until the groups of all others are settled, also of those declared meanwhile, but at most for `WAIT_MS`. */
  private async othersOf(own: Declaration): Promise<void> {
    if (this.pending().length === 0) return;
    const alarm = this.around.alarm(Math.max(0, own.since + WAIT_MS - this.around.now()));
    const enough = Promise.race([alarm.rung, this.twins.promise]).then(() => "enough" as const);
    for (let open = this.pending(); open.length > 0; open = this.pending()) {
      const settled = Promise.all(open.map((one) => one.settled)).then(() => "settled" as const);
      if ((await Promise.race([settled, enough])) === "enough") break;
    }
    alarm.end();
  }

  private pending(): readonly Declaration[] {
    return this.all.filter(({ state }) => state.kind === "pending");
  }
}

/** The resources whose group may be the same as the group of this resource. */
function undecided(all: readonly Declaration[], own: Declaration): readonly string[] {
  return all
    .filter((one) => one !== own && (one.state.kind === "pending" || one.state.kind === "missing"))
    .map(({ name }) => name)
    .sort();
}

/** All groups that are declared more than once, a line each. */
function twinsText(byGroup: ReadonlyMap<string, readonly string[]>): string | undefined {
  const lines = [...byGroup].flatMap(([group, names]) =>
    names.length < 2 ? [] : [`${group} is declared by ${names.length} resources: ${[...names].sort().join(", ")}`],
  );
  if (lines.length === 0) return undefined;
  return [
    ...lines.sort(),
    "Each of them would remove the people of the others. Declare each group once, and put all its people into one resource",
  ].join("\n");
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
