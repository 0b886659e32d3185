import {
  authorityOf,
  CamsError,
  createClient,
  type CamsErrorKind,
  type Engine,
  type GroupRef,
  type Look,
} from "../../src/cams";
import { LOOK_HOLDS_MS } from "../../src/cams/authority";
import type { Answer, Send } from "../../src/cams/transport";
import { ANA, BOT, BUDI, CITRA } from "../membership/world";
import { failure, ref } from "../execution/world";
import { clock, ended } from "./client/world";

/** One call, as it was sent. */
interface Sent {
  readonly operation: string;
  readonly query: Readonly<Record<string, string>>;
  readonly group: string | undefined;
  readonly at: number;
  readonly forbidden: Parameters<Send>[3];
}

type Reply = Answer | Error;

/** Jest's timers stand for the clock of the client and for the waits between tries alike. */
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Gives the replies in order, the last one for ever. */
function clientOf(replies: readonly Reply[], callsPerSecond = 100, over: Partial<Engine> = {}) {
  const sent: Sent[] = [];
  let looking = false;
  const send: Send = (operation, query, group, forbidden) => {
    if (looking) return Promise.resolve(page(0));
    sent.push({ operation, query, group, at: performance.now(), forbidden });
    const reply = replies[Math.min(sent.length, replies.length) - 1]!;
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const authority = authorityOf({ stopped: () => false, gone: () => false, ...over });
  const cams = createClient({ send, callsPerSecond, clock, authority });
  /** Lists the group, as one does before a removal; no reply is used up. */
  const look = async (of = ref): Promise<Look> => {
    looking = true;
    const listing = await ended(cams.listParticipants(of));
    looking = false;
    if (listing.kind !== "whole") throw new Error(listing.why);
    return listing;
  };
  const remove = async (numbers: readonly string[], to = ref) => {
    const seen = await look(to);
    return ended(cams.removeParticipants(to, numbers, seen));
  };
  return { sent, cams, look, remove };
}

/** A page of rows; numbers become rows of participants. */
function page(total: unknown, ...rows: readonly unknown[]): Answer {
  const list = rows.map((row) => (typeof row === "string" ? { ParticipantNumber: row } : row));
  return { requestId: "R-1", data: { Total: total, List: list }, beside: {} };
}

const accepted: Answer = { requestId: "R-2", data: undefined, beside: {} };
/** What one call is tried in all, when each try fails in a way that may pass. */
const TRIES = 5;

describe("listing participants", () => {
  test("asks for the first page by the names of the API, and no more when it tells all", async () => {
    const { cams, sent } = clientOf([page(2, BUDI, ANA)]);
    expect(await ended(cams.listParticipants(ref))).toEqual({
      kind: "whole",
      participants: [ANA, BUDI],
      unidentified: 0,
    });
    expect(sent).toMatchObject([
      {
        operation: "ListChatGroupParticipants",
        group: "EA93UU0042",
        query: {
          BusinessNumber: BOT,
          CustSpaceId: "cams-8c8e",
          ChannelType: "WHATSAPP",
          GroupId: "EA93UU0042",
          Page: '{"Index":1,"Size":20}',
        },
      },
    ]);
  });

  test("goes on until the rows add up to Total", async () => {
    const { cams, sent } = clientOf([page(3, ANA, BUDI), page(3, CITRA)]);
    expect(await ended(cams.listParticipants(ref))).toMatchObject({ participants: [ANA, BUDI, CITRA] });
    expect(sent.map(({ query }) => query.Page)).toEqual(['{"Index":1,"Size":20}', '{"Index":2,"Size":20}']);
  });

  test.each<[string, readonly Answer[]]>([
    ["no Data", [{ requestId: "", data: undefined, beside: {} }]],
    ["Data that is no object", [{ requestId: "", data: "None", beside: {} }]],
    ["no Total", [page(undefined, ANA)]],
    ["a Total that is no number", [page("1", ANA)]],
    ["a Total that is no whole number", [page(1.5, ANA)]],
    ["a negative Total", [page(-1)]],
    ["a List that is no list", [{ requestId: "", data: { Total: 1, List: { 0: ANA } }, beside: {} }]],
    ["rows short of Total", [page(2, ANA), page(2)]],
    ["rows beyond Total", [page(1, ANA, BUDI)]],
    ["a Total that changes", [page(3, ANA), page(2, BUDI)]],
    ["the first page again", [page(4, ANA, BUDI), page(4, ANA, BUDI)]],
    ["somebody twice", [page(2, ANA, ANA)]],
  ])("is doubtful by %s", async (_, replies) => {
    expect((await ended(clientOf(replies).cams.listParticipants(ref))).kind).toBe("doubtful");
  });

  test("counts rows that are no plain number", async () => {
    const odd = [
      "",
      "US.13491208655302741918",
      `+${CITRA}`,
      "1234",
      "1234567890123456",
      "628 11",
      null,
      {},
      628110000004,
    ];
    const rows = odd.map((row) => (typeof row === "string" ? row : { ParticipantNumber: row }));
    const { cams } = clientOf([page(odd.length + 1, ANA, ...rows)]);
    expect(await ended(cams.listParticipants(ref))).toEqual({
      kind: "whole",
      participants: [ANA],
      unidentified: odd.length,
    });
  });

  test("the business itself is a row, but no participant", async () => {
    const { cams } = clientOf([page(2, BOT, ANA)]);
    expect(await ended(cams.listParticipants(ref))).toEqual({ kind: "whole", participants: [ANA], unidentified: 0 });
  });

  test("a page that fails to the end throws, whatever the pages before it said", async () => {
    const error = failure("unknown outcome");
    const { cams } = clientOf([page(3, ANA), error]);
    await expect(ended(cams.listParticipants(ref))).rejects.toBe(error);
  });
});

describe("listing groups", () => {
  test("gives id, subject, description, status and link of each", async () => {
    const row = {
      ...{ GroupId: "G1", Subject: "Ops", Description: "Shifts" },
      ...{ GroupStatus: "ACTIVE", InviteLink: "https://chat.whatsapp.com/x" },
    };
    const { cams, sent } = clientOf([page(2, row, { GroupId: "G2" })]);
    expect(await ended(cams.listGroups(ref))).toEqual([
      {
        ...{ group: "G1", subject: "Ops", description: "Shifts" },
        ...{ status: "ACTIVE", inviteLink: "https://chat.whatsapp.com/x" },
      },
      { group: "G2", subject: "", description: "", status: "", inviteLink: "" },
    ]);
    expect(sent).toMatchObject([{ operation: "ListChatGroup", query: { Page: '{"Index":1,"Size":100}' } }]);
    expect(sent[0]?.query).not.toHaveProperty("GroupId");
  });

  test("gives texts in the form in which rosters are read, whatever form CAMS keeps them in", async () => {
    const { cams } = clientOf([page(1, { GroupId: "G1", Subject: "Cafe\u0301", Description: "Lu\u0308beck" })]);
    expect(await ended(cams.listGroups(ref))).toMatchObject([{ subject: "Caf\u00e9", description: "L\u00fcbeck" }]);
  });

  test("throws when it is not provably whole", async () => {
    const { cams } = clientOf([page(2, { GroupId: "G1" }), page(2)]);
    await expect(ended(cams.listGroups(ref))).rejects.toThrow(/ListChatGroup: .*not provably whole/);
  });
});

describe("removing participants", () => {
  test("names them as the API wants it, in one call", async () => {
    const { remove, sent } = clientOf([accepted]);
    expect(await remove([BUDI, CITRA])).toEqual({ requestId: "R-2" });
    expect(sent).toMatchObject([
      {
        operation: "DeleteChatGroupParticipants",
        query: { GroupId: "EA93UU0042", List: `[{"ParticipantNumber":"${BUDI}"},{"ParticipantNumber":"${CITRA}"}]` },
      },
    ]);
  });

  const people = (n: number) => Array.from({ length: n }, (_, i) => `62812000000${i}`);

  test.each([1, 8])("takes %d at once", async (n) => {
    await expect(clientOf([accepted]).remove(people(n))).resolves.toBeDefined();
  });

  test.each<[string, readonly string[], GroupRef]>([
    ["nobody", [], ref],
    ["nine people", people(9), ref],
    ["somebody twice", [BUDI, BUDI], ref],
    ["the business number", [BUDI, BOT], ref],
    ["the business number of another account", ["8613800000001"], { ...ref, businessNumber: "8613800000001" }],
    ["a number with a plus", [`+${BUDI}`], ref],
    ["an id that is no number", ["US.13491208655302741918"], ref],
    ["nothing", [""], ref],
    ["too few digits", ["1234"], ref],
    ["too many digits", ["1234567890123456"], ref],
  ])("never sends a request for %s", async (_, numbers, to) => {
    const { remove, sent } = clientOf([accepted]);
    await expect(remove(numbers, to)).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});

describe("trying again", () => {
  const list = ({ cams }: ReturnType<typeof clientOf>) => ended(cams.listParticipants(ref));
  const remove = (client: ReturnType<typeof clientOf>) => client.remove([BUDI]);

  test.each<[CamsErrorKind, number]>([
    ["unreachable", TRIES],
    ["unknown outcome", TRIES],
    ["access", 1],
    ["unknown group", 1],
    ["refused", 1],
  ])("a read that fails by %s is sent %d times at most", async (kind, times) => {
    const error = failure(kind);
    const client = clientOf([error]);
    await expect(list(client)).rejects.toBe(error);
    expect(client.sent).toHaveLength(times);
  });

  test.each<CamsErrorKind>(["unreachable", "unknown outcome", "access", "unknown group", "refused"])(
    "a removal that fails by %s is sent once",
    async (kind) => {
      const error = failure(kind);
      const client = clientOf([error, accepted]);
      await expect(remove(client)).rejects.toBe(error);
      expect(client.sent).toHaveLength(1);
    },
  );

  test("a read comes through after failures that passed", async () => {
    const client = clientOf([failure("unknown outcome"), failure("throttled"), failure("unreachable"), page(1, ANA)]);
    expect(await list(client)).toMatchObject({ kind: "whole", participants: [ANA] });
    expect(client.sent).toHaveLength(4);
  });

  test("a removal is sent again after throttling, which did nothing", async () => {
    const client = clientOf([...Array<Reply>(4).fill(failure("throttled")), accepted]);
    expect(await remove(client)).toEqual({ requestId: "R-2" });
    expect(client.sent).toHaveLength(5);
  });

  test("a call that is throttled waits beside the pace, longer each time, up to two seconds", async () => {
    const client = clientOf([...Array<Reply>(6).fill(failure("throttled")), page(1, ANA)], 1_000);
    await list(client);
    const waits = client.sent.slice(1).map(({ at }, i) => at - client.sent[i]!.at);
    [200, 400, 800, 1_600, 2_000, 2_000].forEach((most, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(most / 2);
      expect(waits[i]).toBeLessThanOrEqual(most + 50);
    });
  });

  test("a removal that is throttled, then lost, is not sent again", async () => {
    const lost = failure("unknown outcome");
    const client = clientOf([failure("throttled"), lost, accepted]);
    await expect(remove(client)).rejects.toBe(lost);
    expect(client.sent).toHaveLength(2);
  });

  test("a read that is throttled for ever is given up after two minutes", async () => {
    const client = clientOf([failure("throttled")]);
    const started = performance.now();
    await expect(list(client)).rejects.toMatchObject({ kind: "throttled" });
    const waited = performance.now() - started;
    expect(waited).toBeGreaterThanOrEqual(120_000);
    expect(waited).toBeLessThan(125_000);
  });

  test("an error that is not CAMS's is thrown at once", async () => {
    const bug = new TypeError("bug");
    const client = clientOf([bug]);
    await expect(list(client)).rejects.toBe(bug);
    expect(client.sent).toHaveLength(1);
  });

  test("waits grow between tries", async () => {
    const client = clientOf([failure("unreachable")]);
    await expect(list(client)).rejects.toBeInstanceOf(CamsError);
    const waits = client.sent.slice(1).map(({ at }, i) => at - client.sent[i]!.at);
    [200, 400, 800, 1_600].forEach((least, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(least);
      expect(waits[i]).toBeLessThanOrEqual(2 * least + 10);
    });
  });
});

describe("the run's authority over a removal", () => {
  /** What an engine says in turn: false until the so many-th question, then true. */
  const after = (questions: number) => {
    let asked = 0;
    return () => asked++ >= questions;
  };

  test.each<["stopped" | "gone", CamsErrorKind]>([
    ["stopped", "stopped"],
    ["gone", "engine gone"],
  ])("no request goes out once it is over, the first one as little: %s", async (sign, kind) => {
    const client = clientOf([accepted], 100, { [sign]: () => true });
    await expect(client.remove([BUDI])).rejects.toMatchObject({ kind, applied: "no" });
    expect(client.sent).toEqual([]);
  });

  test.each<["stopped" | "gone", CamsErrorKind]>([
    ["stopped", "stopped"],
    ["gone", "engine gone"],
  ])("no request goes out again after throttling once it is over: %s", async (sign, kind) => {
    const client = clientOf([failure("throttled"), accepted], 100, { [sign]: after(1) });
    await expect(client.remove([BUDI])).rejects.toMatchObject({ kind, applied: "no" });
    expect(client.sent).toHaveLength(1);
  });

  test("no request goes out that waited for its turn until it was over", async () => {
    let gone = false;
    const client = clientOf([accepted], 1, { gone: () => gone });
    const look = await client.look();
    const waiting = expect(ended(client.cams.removeParticipants(ref, [BUDI], look))).rejects.toMatchObject({
      kind: "engine gone",
    });
    await jest.advanceTimersByTimeAsync(500);
    gone = true;
    await waiting;
    expect(client.sent).toEqual([]);
  });

  test("groups are listed all the same, to see what became of the last removal", async () => {
    const client = clientOf([page(1, ANA)], 100, { stopped: () => true, gone: () => true });
    expect(await ended(client.cams.listParticipants(ref))).toMatchObject({ kind: "whole", participants: [ANA] });
  });

  /** How long `ended` lets a listing take, which goes out at once. */
  const LOOKING_MS = 100;
  test.each([
    ["just young enough", LOOK_HOLDS_MS, 1],
    ["too old", LOOK_HOLDS_MS + 1, 0],
  ])("a look that is %s", async (_, ageMs, requests) => {
    const client = clientOf([accepted], 1_000);
    const look = await client.look();
    await jest.advanceTimersByTimeAsync(ageMs - LOOKING_MS);
    const removal = client.cams.removeParticipants(ref, [BUDI], look);
    if (requests === 1) await expect(ended(removal)).resolves.toBeDefined();
    else await expect(ended(removal)).rejects.toMatchObject({ kind: "look too old", applied: "no" });
    expect(client.sent).toHaveLength(requests);
  });

  test("a removal that is throttled for ever is given up when its look is too old, and says so", async () => {
    const client = clientOf([failure("throttled")]);
    const started = performance.now();
    await expect(client.remove([BUDI])).rejects.toMatchObject({
      kind: "look too old",
      applied: "no",
      message: expect.stringMatching(
        /not sent, since the group was listed 1\d s ago, and a look holds for 10 s/,
      ) as string,
    });
    expect(client.sent.length).toBeGreaterThan(4);
    expect(client.sent.at(-1)!.at - started).toBeLessThanOrEqual(LOOK_HOLDS_MS);
    expect(performance.now() - started).toBeLessThan(LOOK_HOLDS_MS + 3_000);
  });

  test.each<[string, readonly (readonly [ms: number, reply: Reply])[], boolean]>([
    ["a slow listing is as old as its question, not as its answer", [[LOOK_HOLDS_MS + 100, page(0)]], false],
    [
      "a listing of two pages is as old as the first one",
      [
        [0, page(2, ANA)],
        [LOOK_HOLDS_MS + 100, page(2, BUDI)],
      ],
      false,
    ],
    [
      "a page that had to be asked for again is as old as the last question",
      [
        [LOOK_HOLDS_MS + 100, failure("unknown outcome")],
        [0, page(1, BUDI)],
      ],
      true,
    ],
  ])("%s", async (_, steps, may) => {
    const clock = {
      now: () => performance.now(),
      sleep: (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)),
    };
    let step = 0;
    let removals = 0;
    const send: Send = async (operation) => {
      if (operation !== "ListChatGroupParticipants") {
        removals++;
        return accepted;
      }
      const [ms, reply] = steps[step++]!;
      await clock.sleep(ms);
      if (reply instanceof Error) throw reply;
      return reply;
    };
    const authority = authorityOf({ stopped: () => false, gone: () => false });
    const cams = createClient({ send, callsPerSecond: 100, clock, authority });
    const look = (await ended(cams.listParticipants(ref))) as Look;
    const removal = ended(cams.removeParticipants(ref, [BUDI], look));
    if (may) await expect(removal).resolves.toBeDefined();
    else await expect(removal).rejects.toMatchObject({ kind: "look too old" });
    expect(removals).toBe(may ? 1 : 0);
  });

  test.each<[string, (client: ReturnType<typeof clientOf>) => Promise<Look>]>([
    ["a copy of a listing", async ({ look }) => ({ ...(await look()) })],
    ["another client's listing", () => clientOf([accepted]).look()],
    ["another group's listing", ({ look }) => look({ ...ref, group: "EA2" })],
    ["another account's listing", ({ look }) => look({ ...ref, businessNumber: "8613800000009" })],
  ])("%s is no look at this group", async (_, lookOf) => {
    const client = clientOf([accepted]);
    const look = await lookOf(client);
    await expect(ended(client.cams.removeParticipants(ref, [BUDI], look))).rejects.toMatchObject({
      kind: "look too old",
    });
    expect(client.sent).toEqual([]);
  });

  test("what sends it can ask once more when there are credentials and a connection", async () => {
    let gone = false;
    const client = clientOf([accepted], 100, { gone: () => gone });
    await client.remove([BUDI]);
    expect(client.sent[0]?.forbidden?.()).toBeUndefined();
    gone = true;
    expect(client.sent[0]?.forbidden?.()).toMatchObject({ kind: "engine gone" });
  });

  test("removals go before listings that wait, so that their looks are fresh at any pace", async () => {
    const client = clientOf([page(0)], 1);
    const look = await client.look();
    const listings = Array.from({ length: 20 }, () => client.cams.listParticipants(ref));
    const removal = client.cams.removeParticipants(ref, [BUDI], look);
    await ended(Promise.all([...listings, removal]));
    expect(client.sent.slice(0, 2).map(({ operation }) => operation)).toContain("DeleteChatGroupParticipants");
  });
});

describe("pace", () => {
  const inAll = (client: ReturnType<typeof clientOf>, n: number) =>
    ended(Promise.all(Array.from({ length: n }, () => client.cams.listParticipants(ref))));

  test("is one for all calls, whoever makes them", async () => {
    const client = clientOf([page(0)], 5);
    const look = await client.look();
    await ended(
      Promise.all([
        ...[1, 2, 3].map(() => client.cams.listParticipants(ref)),
        client.cams.listGroups(ref),
        client.cams.removeParticipants(ref, [BUDI], look),
      ]),
    );
    const { sent } = client;
    expect(sent.at(-1)!.at - sent[0]!.at).toBeGreaterThanOrEqual(4 * 200 - 50);
  });

  test("counts tries that failed", async () => {
    const client = clientOf([failure("throttled"), failure("throttled"), page(0)], 5);
    await list(client);
    expect(client.sent[2]!.at - client.sent[0]!.at).toBeGreaterThanOrEqual(2 * 200 - 50);
  });

  test("slows when CAMS throttles, and comes back", async () => {
    const client = clientOf([page(0), ...Array<Reply>(10).fill(failure("throttled")), page(0)], 10);
    await inAll(client, 12);
    const between = async (n: number): Promise<number> => {
      const before = client.sent.length;
      await inAll(client, n);
      const [first, second] = client.sent.slice(before + n - 2);
      return second!.at - first!.at;
    };
    expect(await between(3)).toBeGreaterThan(130);
    expect(await between(300)).toBeLessThanOrEqual(101);
  });

  function list(client: ReturnType<typeof clientOf>) {
    return ended(client.cams.listParticipants(ref));
  }
});
