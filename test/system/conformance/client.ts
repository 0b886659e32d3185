/** What an official client made of a call: the answer that it returned, or what it threw. */
export interface Outcome {
  readonly statusCode?: number;
  readonly body?: Record<string, unknown>;
  readonly error?: {
    readonly kind: string;
    readonly code?: string | null;
    readonly statusCode?: number | null;
    readonly requestId?: string | null;
    readonly accessDeniedDetail?: Record<string, unknown> | null;
    readonly message: string;
  };
}

/** One call; lists and pages are objects, each client writes them into the query as its SDK does. */
export interface Request {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** "v2" is the SDKs' name of the old RPC signature; else ACS3-HMAC-SHA256. */
  readonly signatureAlgorithm?: string;
  readonly readTimeoutMs?: number;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface OfficialClient {
  readonly send: (request: Request) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
}
