/**
 * What happens to an invite link, and why. A group has one link for everybody. It works until it is renewed or closed.
 * So it is renewed once somebody may hold it who should not. That is a declared person who never came and is declared
 * no more, or whoever let a stranger in. People who were removed can't use any link of that group.
 */
import { createHash } from "node:crypto";
import type { Show } from "../membership/guards";
import { nameAll } from "../membership/guards";
import type { Digits, Person } from "../membership/types";
import { maskNumbers } from "../text/mask";
import type { LinkAct, LinkMemory, LinkPeople, LinkPolicy } from "./types";

export interface LinkCase {
  readonly policy: Exclude<LinkPolicy, "keep">;
  readonly revision: number | undefined;
  /** The link that CAMS lists; empty when there is none. */
  readonly live: string;
  /** Undefined for a link that was not under management before. */
  readonly before: { readonly memory: LinkMemory; readonly revision: number | undefined } | undefined;
  readonly people: LinkPeople;
  /** Names of people who are declared no more. */
  readonly names: { get(number: Digits): string | undefined };
}

export interface LinkPlan {
  readonly act: LinkAct | undefined;
  /** What is to be remembered, whatever becomes of the act. */
  readonly memory: LinkMemory;
}

/** 10 characters of a hash, 60 bits. A link has too many secret letters for anybody to find it by trying. */
const MARK_LENGTH = 10;

/** Tells one link from another without revealing the link; empty when there is none. */
export const linkMark = (link: string): string =>
  link === "" ? "" : createHash("sha256").update(link).digest("base64url").slice(0, MARK_LENGTH);

export function planLink(one: LinkCase, show: Show): LinkPlan {
  const { policy, live, before, people } = one;
  const wanted = policy === "open" || people.absent.length > 0;
  const reasons = live === "" ? [] : reasonsToRenew(one, show);
  const why = reasons.join("; ");
  const memory: LinkMemory = {
    holders: new Set(people.absent.map(({ number }) => number)),
    // A link that a listing lacks may still be there. So what is owed for it stays until another link is listed.
    owed: live === "" ? before?.memory.owed : reasons.length === 0 ? undefined : { link: linkMark(live), why: reasons },
    strangers: new Set([...people.strangers.map(({ number }) => number), ...(people.earlier ?? [])]),
  };
  if (!wanted) {
    const act: LinkAct | undefined = live === "" ? undefined : { kind: "close", why: "everybody declared is there" };
    // Whoever held the link and is declared no more stays a holder until a listing shows that the link is gone.
    return { act, memory: act === undefined ? memory : { ...memory, holders: union(memory, before?.memory) } };
  }
  if (live === "") return { act: { kind: "make", why: whyOpen(one, show) }, memory };
  return { act: reasons.length === 0 ? undefined : { kind: "renew", why }, memory };
}

const union = ({ holders }: LinkMemory, before: LinkMemory | undefined): ReadonlySet<Digits> =>
  new Set([...holders, ...(before?.holders ?? [])]);

function whyOpen({ policy, people }: LinkCase, show: Show): string {
  if (policy === "open") return "there is none";
  return `there is none, and ${nameAll(people.absent, show)} ${people.absent.length === 1 ? "is" : "are"} awaited`;
}

function reasonsToRenew({ live, before, people, revision, names }: LinkCase, show: Show): readonly string[] {
  const owed = before?.memory.owed;
  if (owed?.link === linkMark(live)) {
    const isMasked = show("0") !== "0";
    // These reasons may have been written before numbers were masked.
    const why = isMasked ? owed.why.map(maskNumbers) : owed.why;
    return [...new Set([...why, ...newReasons()])];
  }
  return newReasons();

  function named(number: Digits): Person {
    return { number, name: names.get(number) ?? "" };
  }

  function newReasons(): readonly string[] {
    const known = before?.memory.strangers ?? new Set();
    // Earlier strangers are no reason when the link is new to management: nobody had asked then that it end.
    const earlier = [...(before === undefined ? [] : (people.earlier ?? []))].map(named);
    const came = new Map([...earlier, ...people.strangers].map((one): [Digits, Person] => [one.number, one]));
    const strangers = [...came.values()].filter(({ number }) => !known.has(number));
    const held = [...(before?.memory.holders ?? [])].map(named);
    const dropped = [...new Map([...held, ...people.dropped].map((person) => [person.number, person])).values()]
      .filter(({ number }) => !people.declared.has(number) && !people.barred.has(number))
      .sort((a, b) => (a.number < b.number ? -1 : 1));
    const revised = before !== undefined && before.revision !== revision && revision !== undefined;
    return [
      ...(revised ? [`linkRevision ${before.revision ?? "none"} → ${revision}`] : []),
      ...(strangers.length === 0 ? [] : [`${nameAll(strangers, show)} came by it, declared by nobody`]),
      ...(dropped.length === 0
        ? []
        : [`${nameAll(dropped, show)} may hold it, and ${dropped.length === 1 ? "is" : "are"} declared no more`]),
    ];
  }
}
