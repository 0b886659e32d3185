import { carriedOut, ignored, lags, readings } from "./effect";
import type { Fault, Strike } from "./strike";

/**
 * Creations of groups that are acknowledged, but do not become what the answer sounds like, and others who make a group
 * with the same subject meanwhile. Such a twin is made as this call would make it, so nothing tells one from the other.
 */
const actions = ["AddChatGroup"];

function creation(summary: string, strike: Fault["strike"]): Fault {
  return { family: "creations", summary, actions, strike };
}

function makeTwin({ apply }: Strike): void {
  apply();
}

export const creations = {
  "creation-lags": {
    ...creation("Code OK and the group is made, but ListChatGroup lists it after so many more readings only", lags),
    value: readings,
  },
  "creation-stuck": creation("Code OK; the group stays CREATING for ever", ({ apply }) => ({
    kind: "reply",
    reply: apply({ manner: { settlingReads: null } }),
  })),
  "creation-ignored": creation("Code OK and a UniqueCode, but no group is made", ignored),
  "creation-without-link": creation("Code OK; the group has no invite link until one is made", (strike) => {
    const { reply, effects } = carriedOut(strike);
    for (const { business, after } of effects) strike.world.put(business, { ...after, inviteLink: null });
    return { kind: "reply", reply };
  }),
  "twin-before": {
    ...creation("somebody else makes a group with the same subject right before this call", (strike) => {
      makeTwin(strike);
      return lags(strike);
    }),
    value: { meaning: "number of readings before ListChatGroup lists the group of this call", byDefault: 0 },
  },
  "twin-after": creation("somebody else makes a group with the same subject right after this call", (strike) => {
    const reply = strike.apply();
    makeTwin(strike);
    return { kind: "reply", reply };
  }),
  "twin-reset": creation(
    "somebody else makes a group with the same subject, then the connection is reset; the call is not carried out",
    (strike) => {
      makeTwin(strike);
      return { kind: "reset" };
    },
  ),
  "twin-reset-applied": creation(
    "somebody else makes a group with the same subject, then the connection is reset; the call is carried out",
    (strike) => {
      makeTwin(strike);
      strike.apply();
      return { kind: "reset" };
    },
  ),
} as const satisfies Record<string, Fault>;
