/**
 * What is remembered of a group's invitations, as the key `invitations` of the input `lastLook` holds it. It stands
 * there, and not with the resource that sends them, so that an attempt is on record before anything is sent.
 */
import { z } from "zod";
import { OUTCOMES, PURPOSES, STATES, type AttemptEnd, type InvitationMemory } from "../invitations/types";
import { LAST_LOOK } from "./last-look";
import type { Bag } from "./shapes";

const text = z.string().optional();
const invitation = z.object({
  state: z.enum(STATES),
  ...{ since: z.string(), at: z.string(), messages: z.number(), reminders: z.number(), template: z.string() },
  ...{ id: text, link: text, why: text, release: text, withdrawn: z.literal(true).optional() },
  earlier: z.array(z.string()).optional(),
});
const attempt = z.object({
  at: z.string(),
  template: z.string(),
  people: z.array(z.object({ number: z.string(), purpose: z.enum(PURPOSES), release: text })),
});
const memory = z.object({ invited: z.record(z.string(), invitation).optional(), attempt: attempt.optional() });

/** The memory as `lastLook` holds it. */
export interface WrittenInvitations {
  readonly invited?: Readonly<Record<string, unknown>> | undefined;
  readonly attempt?: unknown;
}

/** @returns what is to be added to `lastLook`; empty when there is nothing to remember */
export function writeInvitations({ invited, attempt: begun }: InvitationMemory): {
  readonly invitations?: WrittenInvitations;
} {
  if (invited.size === 0 && begun === undefined) return {};
  return {
    invitations: {
      ...(invited.size === 0 ? {} : { invited: Object.fromEntries(invited) }),
      ...(begun === undefined ? {} : { attempt: begun }),
    },
  };
}

/** What the last look of inputs tells of invitations, as it is written there. */
export function writtenIn(inputs: Bag): { readonly invitations?: WrittenInvitations } {
  const look = inputs[LAST_LOOK];
  if (typeof look !== "object" || look === null || !("invitations" in look)) return {};
  return { invitations: look.invitations as WrittenInvitations };
}

/**
 * @returns undefined when what is there can't be read, such as a secret that was not shown: then nobody may be invited
 */
export function readInvitations(inputs: Bag): InvitationMemory | undefined {
  const look = inputs[LAST_LOOK];
  if (look !== undefined && (typeof look !== "object" || look === null)) return undefined;
  const { invitations } = writtenIn(inputs);
  if (invitations === undefined) return NOTHING;
  const parsed = memory.safeParse(invitations);
  if (!parsed.success) return undefined;
  return { invited: new Map(Object.entries(parsed.data.invited ?? {})), attempt: parsed.data.attempt };
}

/** Shared by all groups into which nobody was ever invited: there may be ten thousand. */
const NOTHING: InvitationMemory = { invited: new Map(), attempt: undefined };

const result = z.object({
  outcome: z.enum(OUTCOMES),
  ...{ id: text, link: text, why: text },
});
const end = z.object({ ended: z.string(), results: z.array(result) });

/** How the last attempt ended, as the outputs of the resource that sends invitations tell it; undefined when they don't. */
export function readEnd(outputs: Bag): AttemptEnd | undefined {
  const parsed = end.safeParse(outputs);
  return parsed.success ? { at: parsed.data.ended, results: parsed.data.results } : undefined;
}

/** Reverse of `readEnd`. */
export const writeEnd = ({ at, results }: AttemptEnd): Bag => ({ ended: at, results });
