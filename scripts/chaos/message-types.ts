/** The words of the chaos about messages. */

/** A message as CAMS keeps it. Times in milliseconds since 1970. */
export interface Message {
  /** MessageId. */
  readonly id: string;
  readonly to: string;
  readonly group: string;
  readonly link: string;
  /** When CAMS carried the call out, which can be long after it came in. */
  readonly at: number;
  /** Meta's code and since when, for a message that failed. */
  readonly failure?: { readonly at: number; readonly code: string } | undefined;
}

/** A request for a message on its way to CAMS. */
export interface Sent {
  /** The number of the run that sent it; `NaN` when it is not known. */
  readonly run: number;
  readonly at: number;
  readonly to: string;
  readonly group: string;
  readonly link: string;
}

/** Somebody who came into a group or left it. */
export interface Came {
  readonly group: string;
  readonly number: string;
  readonly at: number;
}

/** Somebody whom a release lets be written to once more. */
export type Let = Came;

/** People whom a plan may name as invited, by group, and a run that applies it. */
export interface PlannedMessages {
  readonly run: number;
  readonly people: Readonly<Record<string, readonly string[]>>;
}

/** What the state knows of one invitation. */
export interface Recorded {
  readonly state: string;
  readonly since: string;
  readonly at: string;
  readonly messages: number;
  readonly id?: string;
  readonly withdrawn?: true;
}

/** Group → number → what the state knows. */
export type Records = Readonly<Record<string, Readonly<Record<string, Recorded>>>>;
