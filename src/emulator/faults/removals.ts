import type { Delivery } from "./delivery";
import type { Change, Fault, Strike } from "./strike";

/** Removals that are acknowledged, but do not become what the answer sounds like. */
const actions = ["DeleteChatGroupParticipants"];

function otherwise(change: (value: Strike["value"]) => Change): (strike: Strike) => Delivery {
  return ({ apply, value }) => ({ kind: "reply", reply: apply(change(value)) });
}

export const removals = {
  "removal-lags": {
    family: "removals",
    summary: "Code OK; who is removed is out at once, but stays listed for so many more listings",
    actions,
    value: { meaning: "number of listings", byDefault: 2 },
    strike: otherwise((value) => ({ manner: { removalReads: Number(value) } })),
  },
  "removal-never-shows": {
    family: "removals",
    summary: "Code OK; who is removed is out, but stays listed for ever",
    actions,
    strike: otherwise(() => ({ manner: { removalReads: null } })),
  },
  "removal-ignored": {
    family: "removals",
    summary: "Code OK and the full Result, but nobody is removed",
    actions,
    strike: otherwise(() => ({ manner: { removeAtMost: 0 } })),
  },
  "removal-partial": {
    family: "removals",
    summary: "Code OK and the full Result, but only the first so many of the list are removed",
    actions,
    value: { meaning: "how many are removed", byDefault: 1 },
    strike: otherwise((value) => ({ manner: { removeAtMost: Number(value) } })),
  },
  "removal-partial-refused": {
    family: "removals",
    summary: "131201 (some participants could not be removed): the first so many of the list are removed",
    actions,
    value: { meaning: "how many are removed", byDefault: 1 },
    strike: ({ apply, refuse, value }) => {
      const reply = apply({ manner: { removeAtMost: Number(value) } });
      return { kind: "reply", reply: reply.code === "OK" ? refuse("131201") : reply };
    },
  },
} as const satisfies Record<string, Fault>;
