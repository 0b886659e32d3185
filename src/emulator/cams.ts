import { setTimeout as sleep } from "node:timers/promises";
import type { CallEntry, CallLog } from "./calls";
import { Refusal, type ErrorCode } from "./errors";
import type { ArmedFault, ArmedFaults } from "./faults/armed";
import { catalogue } from "./faults/catalogue";
import type { Delivery } from "./faults/delivery";
import type { World } from "./groups/world";
import type { Manner } from "./operations/call";
import { isAction, operations, type Action } from "./operations/index";
import type { ThrottleStatus } from "./settings";
import type { Throttles } from "./throttle";
import { isAcs3 } from "./wire/acs3";
import type { Authenticator } from "./wire/authenticate";
import { jsonHeaders, refused, requestId, success, type Envelope, type Reply } from "./wire/reply";
import { parameters, type WireRequest } from "./wire/request";
import { isRpc } from "./wire/rpc";

export interface CamsParts {
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: ArmedFaults;
  readonly authenticator: Authenticator;
  readonly throttle: Throttles | undefined;
  readonly throttleStatus: ThrottleStatus;
  readonly throttleRetryAfter: boolean;
  readonly manner: Manner;
  readonly clock: () => number;
}

export interface Handled {
  readonly delivery: Delivery;
  readonly entry: CallEntry;
}

/**
 * The API: one request in, what the client is to see of it out. The order is the gateway's: is there such an operation, who
 * asks, do they ask too often; then, instead of the operation or around it, the fault that was armed for this call.
 */
export class Cams {
  private serial = 0;

  constructor(private readonly parts: CamsParts) {}

  async handle(request: WireRequest): Promise<Handled> {
    const params = parameters(request);
    const action = named(request, params, "x-acs-action", "Action") ?? "";
    const entry = this.parts.calls.open(action, params);
    const envelope = {
      requestId: requestId(++this.serial),
      host: request.headers.get("host") ?? "127.0.0.1",
      action,
    };
    try {
      const operation = this.admit(request, action, params);
      const armed = this.parts.faults.take(operation, params);
      if (armed === undefined) {
        return { delivery: { kind: "reply", reply: this.apply(operation, params, envelope, {}) }, entry };
      }
      if (armed.afterMs > 0) await sleep(armed.afterMs, undefined, { ref: false });
      return { delivery: this.strike(armed, operation, params, envelope), entry };
    } catch (error) {
      if (error instanceof Throttled)
        return { delivery: { kind: "reply", reply: this.throttled(envelope, error) }, entry };
      return { delivery: { kind: "reply", reply: refused(envelope, refusalOf(error)) }, entry };
    }
  }

  /** Lets a call pass to its operation, or throws the gateway's refusal. */
  private admit(request: WireRequest, action: string, params: ReadonlyMap<string, string>): Action {
    if (request.method !== "POST" && request.method !== "GET") throw new Refusal("UnsupportedHTTPMethod");
    if (request.path !== "/" || !isAction(action)) throw new Refusal("InvalidAction.NotFound");
    if (named(request, params, "x-acs-version", "Version") !== "2020-06-06") throw new Refusal("InvalidVersion");
    this.parts.authenticator.check(request);
    const wait = this.parts.throttle?.admit(action) ?? 0;
    if (wait > 0) throw new Throttled(wait);
    return action;
  }

  private apply(
    action: Action,
    params: ReadonlyMap<string, string>,
    envelope: Envelope,
    manner: Partial<Manner>,
  ): Reply {
    const { world, clock } = this.parts;
    try {
      const call = { action, params, world, manner: { ...this.parts.manner, ...manner }, now: clock() };
      return success(envelope, operations[action](call));
    } catch (error) {
      return refused(envelope, refusalOf(error));
    }
  }

  private strike(armed: ArmedFault, action: Action, params: ReadonlyMap<string, string>, envelope: Envelope): Delivery {
    const fault = catalogue[armed.fault];
    return fault.strike({
      action,
      params,
      world: this.parts.world,
      groupId: armed.groupId ?? params.get("GroupId"),
      value: armed.value ?? fault.value?.byDefault,
      apply: (change = {}) =>
        this.apply(action, new Map([...params, ...Object.entries(change.params ?? {})]), envelope, change.manner ?? {}),
      refuse: (code: ErrorCode | Refusal) => refused(envelope, code instanceof Refusal ? code : new Refusal(code)),
      headers: jsonHeaders(envelope),
      common: { RequestId: envelope.requestId },
    });
  }

  private throttled(envelope: Envelope, { waitMs }: Throttled): Reply {
    const reply = refused(envelope, new Refusal("Throttling.User"));
    const after = this.parts.throttleRetryAfter ? { "x-acs-retry-after": String(waitMs) } : {};
    return { ...reply, status: this.parts.throttleStatus, headers: { ...reply.headers, ...after } };
  }
}

class Throttled extends Error {
  constructor(readonly waitMs: number) {
    super("throttled");
  }
}

/** Action and Version are read where the request's signature covers them: under ACS3 in a header, else in a parameter. */
function named(
  request: WireRequest,
  params: ReadonlyMap<string, string>,
  header: string,
  parameter: string,
): string | undefined {
  const [first, second] = [request.headers.get(header), params.get(parameter)];
  return isRpc(request) && !isAcs3(request) ? (second ?? first) : (first ?? second);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal("InternalError", error instanceof Error ? error.message : String(error));
}
