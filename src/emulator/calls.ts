import { parseJson } from "./operations/page";

/** One call as `GET /_emulator/calls` shows it. A call without an answer (yet) has httpStatus 0 and code "". */
export interface CallEntry {
  readonly action: string;
  readonly groupId: string | null;
  /** The numbers of a delete; empty for other calls. */
  readonly numbers: readonly string[];
  /** The number that a message is for; only calls that send one have it. */
  readonly to?: string;
  httpStatus: number;
  code: string;
  /** When the call came in, ISO 8601 with milliseconds. */
  readonly at: string;
}

/** Only the newest are kept, so that a client in a loop can't eat the memory. */
const keep = 200_000;

/** All calls, refused and faulted ones too, oldest first. */
export class CallLog {
  private entries: CallEntry[] = [];

  constructor(private readonly clock: () => number) {}

  /** Notes a call when it comes in; `httpStatus` and `code` are filled in when it is answered. */
  open(action: string, params: ReadonlyMap<string, string>): CallEntry {
    const entry: CallEntry = {
      action,
      groupId: params.get("GroupId") ?? null,
      numbers: numbersOf(params.get("List")),
      ...(action === "SendChatappMessage" ? { to: params.get("To") ?? "" } : {}),
      httpStatus: 0,
      code: "",
      at: new Date(this.clock()).toISOString(),
    };
    this.entries.push(entry);
    if (this.entries.length > keep + keep / 10) this.entries = this.entries.slice(-keep);
    return entry;
  }

  all(): readonly CallEntry[] {
    return this.entries;
  }

  restore(entries: readonly CallEntry[]): void {
    this.entries = entries.slice(-keep);
  }

  clear(): void {
    this.entries = [];
  }
}

/** What can be read of a delete list, however wrong the rest of it is. */
function numbersOf(list: string | undefined): string[] {
  const entries: unknown = parseJson(list ?? "[]");
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) =>
    typeof entry === "object" &&
    entry !== null &&
    "ParticipantNumber" in entry &&
    typeof entry.ParticipantNumber === "string"
      ? [entry.ParticipantNumber]
      : [],
  );
}
