/**
 * What a business number has beside its groups: the facts that CAMS tells of the number, its message templates, and the
 * messages that it sent. All are values: a change makes a new one, and the world (`groups/world.ts`) holds the newest.
 */

/**
 * `pass`, `fail`, `auditing` and `unaudit` are the documented values of AuditStatus. How CAMS shows a template that Meta
 * paused or disabled is not documented; here it is `paused` and `disabled`.
 */
export const templateStatuses = ["pass", "fail", "auditing", "unaudit", "paused", "disabled"] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const categories = ["UTILITY", "MARKETING", "AUTHENTICATION"] as const;
export const qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;
/** Documented for QueryChatappPhoneNumbers: how many people a number may begin to write to in 24 hours. */
export const tiers = ["TIER_50", "TIER_250", "TIER_1K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"] as const;
export const numberStatuses = [
  "CONNECTED",
  "FLAGGED",
  "RATE_LIMITED",
  "PENDING",
  "OFFLINE",
  "PAUSED",
  "DELETED",
] as const;

/** What QueryChatappPhoneNumbers tells of a business number. */
export interface Sender {
  /** Whether it is an Official Business Account, which groups need. */
  readonly official: boolean;
  readonly tier: (typeof tiers)[number];
  readonly quality: (typeof qualities)[number];
  readonly status: (typeof numberStatuses)[number];
}

/** One language of a template. Its variables stand in the body as `$(name)`. */
export interface Template {
  readonly code: string;
  readonly name: string;
  readonly language: string;
  readonly category: (typeof categories)[number];
  readonly status: TemplateStatus;
  readonly body: string;
  readonly quality: (typeof qualities)[number];
  /** Whether the template may not be sent any more once Meta makes a MARKETING template of it. */
  readonly categoryChangePaused: boolean;
}

/** A time in milliseconds since 1970; `null`: never. */
export type Time = number | null;

/** A message that was accepted. What has become of it follows from its times and the time of day: `statusOf` in `rules.ts`. */
export interface Message {
  readonly messageId: string;
  readonly uniqueMessageId: string;
  /** The person's number, digits. */
  readonly to: string;
  readonly template: string;
  readonly language: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The body with its variables replaced. */
  readonly text: string;
  /** When it was accepted. */
  readonly at: number;
  /** From when on ListChatappMessage lists it. */
  readonly listed: Time;
  /** From when on it is on the person's phone. */
  readonly delivered: Time;
  /** From when on it is read. */
  readonly read: Time;
  /** Set when it fails: from when on, and Meta's code. */
  readonly failure?: { readonly at: number; readonly code: string };
}

/** The words of a message receipt (ChatAppStatus), in lower case. */
export type MessageStatus = "sent" | "delivered" | "read" | "failed";
