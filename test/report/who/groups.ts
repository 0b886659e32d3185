import type { GroupPlan } from "../../../src/membership/types";
import type { WhoGroup, WhoReport } from "../../../src/report/who/types";
import { ANA, BUDI, CITRA, DEWI, EKO } from "../../membership/world";
import { invitation, invitations, NOW, person } from "../inviting";

/** What the tests of `rollcall who` share: a group with somebody of every state, and one that is not known. */

const plan: GroupPlan = {
  ...{ name: "jakarta/ops", group: "EA1", unidentified: 2 },
  present: [person(ANA, "Ana")],
  awaiting: [person(BUDI, "Budi"), { ...person(CITRA, "Citra"), removedBefore: true }],
  left: [person(DEWI, "Dewi")],
  remove: [{ ...person("6599", ""), reason: "never declared" }],
  spared: [{ ...person(EKO, "Eko"), because: "protect" }],
};

export const OPS: WhoGroup = {
  ...{ name: "jakarta/ops", group: "EA1", subject: "Jakarta" },
  seen: { kind: "known", plan, create: false, doubt: undefined },
  invitations: invitations([[BUDI, { kind: "invited", invitation: invitation() }]]),
};

export const SALES: WhoGroup = {
  ...{ name: "sales", group: "EA2", subject: undefined },
  seen: { kind: "not known", why: "the listing failed", declared: [person(ANA, "Ana")] },
};

export const EMPTY: WhoGroup = {
  ...{ name: "empty", group: "EA3", subject: "Empty" },
  seen: {
    ...{ kind: "known", create: false, doubt: undefined },
    plan: {
      ...plan,
      name: "empty",
      group: "EA3",
      present: [],
      awaiting: [],
      left: [],
      remove: [],
      spared: [],
      unidentified: 0,
    },
  },
};

/** A group of which a guard doubts the listing: Dewi may be there all the same. */
export const DOUBTFUL: WhoGroup = {
  ...{ name: "zeta", group: "EA4", subject: "Zeta" },
  seen: {
    ...{ kind: "known", create: false, doubt: "the listing lacks 3 people" },
    plan: {
      ...{ name: "zeta", group: "EA4", unidentified: 0, awaiting: [], remove: [], spared: [] },
      present: [person(ANA, "Ana")],
      left: [person(DEWI, "Dewi")],
    },
  },
};

export const whoReportOf = (groups: readonly WhoGroup[], over: Partial<WhoReport> = {}): WhoReport => ({
  ...{ stack: "dev", about: undefined, groups, notes: [], now: NOW },
  show: (number) => `<${number}>`,
  ...over,
});
