import type { Seed } from "./seed";

/** How a local CAMS is to be; everything may be left out. */
export interface EmulatorOptions {
  /** TCP port on 127.0.0.1; 0 (the default) takes a free one. */
  readonly port?: number;
  /** The world at the start: a seed, or the name of a seed file. Not looked at when `data` names a file that exists. */
  readonly seed?: Seed | string;
  /** The key pair that requests must be signed with; default `rollcall-local` and `rollcall-local-secret`. */
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  /** File that the world is kept in over restarts. */
  readonly data?: string;
  /** How long each answer takes at least, in milliseconds; default 0. */
  readonly latencyMs?: number;
  /**
   * Calls a second beyond which calls are refused with Throttling.User; default: no limit. With it, the limits that are
   * documented for single operations hold too (`documentedQps`).
   */
  readonly qps?: number;
  /** HTTP status of that refusal; default 400. */
  readonly throttleStatus?: ThrottleStatus;
  /** Whether that refusal carries `x-acs-retry-after`; default false. */
  readonly throttleRetryAfter?: boolean;
  /** For how many listings a removed person stays listed; default 0. */
  readonly removalReads?: number;
  /** For how many readings of ListChatGroup a new group is CREATING and a deleted one DELETING; default 1. */
  readonly settlingReads?: number;
  /** Largest page that may be asked for; default 100. */
  readonly pageLimit?: number;
  /** How many milliseconds after it was accepted a message is listed by ListChatappMessage; default 0. */
  readonly messageLagMs?: number;
  /** How many milliseconds after it was accepted a message is delivered; default 0. */
  readonly deliveryMs?: number;
  /** The time in milliseconds since 1970; default the machine's clock. */
  readonly clock?: () => number;
}

export const throttleStatuses = [400, 429, 503] as const;
export type ThrottleStatus = (typeof throttleStatuses)[number];

export const defaults = {
  accessKeyId: "rollcall-local",
  accessKeySecret: "rollcall-local-secret",
  latencyMs: 0,
  throttleStatus: 400,
  throttleRetryAfter: false,
  removalReads: 0,
  settlingReads: 1,
  pageLimit: 100,
  messageLagMs: 0,
  deliveryMs: 0,
} as const;
