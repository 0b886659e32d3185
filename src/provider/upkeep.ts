/**
 * What a `ChatGroup` and a link have in common. `check` computes what is to be done and writes it into the input
 * `change`. So a preview shows it and a plan binds it. `create` and `update` do exactly that.
 */
import { PartialFailure } from "./failure";
import { ORDER } from "./order";
import { HELD, type PreparedUpkeep, type Session } from "./session";
import { PREVIEW, PROVIDER, readRecord, type Bag } from "./shapes";
import { hasUnknown } from "./unknown";

/** The input that names what is to be done: act → details. */
export const CHANGE = "change";

/** What is to be done, as the inputs name it; empty when nothing is. */
export type Change = Readonly<Record<string, string>>;

export const changeOf = (change: Change): Bag => (Object.keys(change).length === 0 ? {} : { [CHANGE]: change });

/** The inputs that people gave. */
export function bare(bag: Bag): Bag {
  const { [PROVIDER]: _text, [ORDER]: _order, [PREVIEW]: _preview, [CHANGE]: _change, ...rest } = bag;
  return rest;
}

/** One text for equal changes, whatever the order of their keys. */
export const changeText = (change: unknown): string => JSON.stringify(Object.entries(readRecord(change)).sort());

/** The form of the outputs of these resources. */
export const UPKEEP_FORM = 1;

/** What an order of the program says in addition to what is to be done. */
export interface UpkeepCommon {
  readonly root: string;
  readonly preview: boolean;
  /** Names the run, to tell whether it reached this resource. */
  readonly run: string | undefined;
  /** What the reviewed plan that binds the run says. The inputs have to name exactly that. */
  readonly plan: { readonly change: Change; readonly writes: boolean } | undefined;
}

/** Whether a resource has to be written. A change that an earlier run named is no reason, only one checked now. */
export function mustWrite(session: Session, key: string, olds: Bag, news: Bag): boolean {
  const prepared = session.upkeep.get(key);
  if (prepared === HELD) return false;
  if (prepared?.stays === true) return false;
  if (olds.failed !== undefined || olds.drift !== undefined) return true;
  if (hasUnknown({ ...news, lastLink: undefined, asked: undefined })) return true;
  return prepared !== undefined && (changeText(news[CHANGE]) !== changeText({}) || prepared.isStale(olds));
}

/**
 * Carries out what `check` prepared in this process.
 * @throws PartialFailure when it was not completed and no program waits for the output `failed`; Error when nothing may
 *   be done at all
 */
export async function carryOut(
  session: Session,
  key: string,
  name: string,
  olds: Bag | undefined,
  news: Bag,
  idOf: (outputs: Bag) => string,
): Promise<Bag> {
  const prepared = session.upkeep.get(key);
  // Pulumi makes the resource that a plan makes, even if a guard holds it now. Then it is in state,
  // but not made at CAMS.
  if (prepared === HELD) {
    const failed = `${name}: nothing was done, since a guard holds the group`;
    return olds ?? { ...bare(news), group: news.group ?? "", failed, form: UPKEEP_FORM };
  }
  if (prepared === undefined) {
    throw new Error(
      `${name}: nothing is done, since this process has not checked it, or a guard holds it. Run pulumi up again`,
    );
  }
  if (prepared.change !== changeText(news[CHANGE])) {
    throw new Error(`${name}: nothing is done, since the changes are not those that were checked. Run pulumi up again`);
  }
  const { outputs, failed } = await prepared.carryOut(olds);
  const run = prepared.run === undefined ? {} : { run: prepared.run };
  const state = { ...outputs, ...run, form: UPKEEP_FORM };
  if (failed === undefined) return state;
  if (prepared.awaited) return { ...state, failed };
  throw new PartialFailure(idOf(state), { [PROVIDER]: news[PROVIDER], ...state }, [failed]);
}

/**
 * Keeps what was prepared. Two resources of one program may not be about the same thing.
 * @returns false when another one is
 */
export function keepUpkeep(session: Session, key: string, prepared: PreparedUpkeep | typeof HELD): boolean {
  const other = session.upkeep.get(key);
  // Pulumi may check one resource twice, which then wants the same.
  if (other !== undefined && other !== HELD && prepared !== HELD && other.change !== prepared.change) return false;
  session.upkeep.set(key, prepared);
  return true;
}
