import { carriedOut, ignored, lags, readings, undo } from "./effect";
import type { Fault } from "./strike";

/** Changes of a group and its invite link that are acknowledged, but do not become what the answer sounds like. */
const actions = ["UpdateChatGroup", "AddChatGroupInviteLink", "DeleteChatGroupInviteLink"];

export const changes = {
  "change-lags": {
    family: "changes",
    summary:
      "Code OK and carried out at once, but ListChatGroup shows the group as it was before for so many more readings",
    actions,
    value: readings,
    strike: lags,
  },
  "change-ignored": {
    family: "changes",
    summary: "Code OK as if it were carried out, with a link that leads nowhere if one was asked for; nothing changes",
    actions,
    strike: ignored,
  },
  "link-unchanged": {
    family: "changes",
    summary: "Code OK with the link that the group has already; nothing changes (where there is none, one is made)",
    actions: ["AddChatGroupInviteLink"],
    strike: (strike) => {
      const {
        reply,
        effects: [effect],
      } = carriedOut(strike);
      const link = effect?.before?.inviteLink ?? null;
      if (effect === undefined || link === null || typeof reply.content === "string") return { kind: "reply", reply };
      undo(strike, effect);
      return { kind: "reply", reply: { ...reply, content: { ...reply.content, InviteLink: link } } };
    },
  },
} as const satisfies Record<string, Fault>;
