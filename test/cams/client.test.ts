import { CamsError, createClient, type CamsErrorKind, type GroupRef } from "../../src/cams";
import type { Answer, Send } from "../../src/cams/transport";
import { ANA, BOT, BUDI, CITRA } from "../membership/world";
import { failure, ref } from "../rollcall/world";

/** One call, as it was sent. */
interface Sent {
  readonly operation: string;
  readonly query: Readonly<Record<string, string>>;
  readonly group: string | undefined;
  readonly at: number;
}

type Reply = Answer | Error;

/** Jest's timers stand for the clock of the client and for the waits between tries alike. */
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Gives the replies in order, the last one for ever. */
function clientOf(replies: readonly Reply[], callsPerSecond = 100, stopped?: () => boolean) {
  const sent: Sent[] = [];
  const send: Send = (operation, query, group) => {
    sent.push({ operation, query, group, at: performance.now() });
    const reply = replies[Math.min(sent.length, replies.length) - 1]!;
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const clock = {
    now: () => performance.now(),
    sleep: (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)),
  };
  return { sent, cams: createClient({ send, callsPerSecond, clock, ...(stopped === undefined ? {} : { stopped }) }) };
}

/** Lets time pass until the call has come to its end. */
async function ended<T>(call: Promise<T>): Promise<T> {
  const state = { done: false };
  const end = () => {
    state.done = true;
  };
  call.then(end, end);
  while (!state.done) await jest.advanceTimersByTimeAsync(100);
  return call;
}

/** A page of rows; numbers become rows of participants. */
function page(total: unknown, ...rows: readonly unknown[]): Answer {
  const list = rows.map((row) => (typeof row === "string" ? { ParticipantNumber: row } : row));
  return { requestId: "R-1", data: { Total: total, List: list } };
}

const accepted: Answer = { requestId: "R-2", data: undefined };
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
    ["no Data", [{ requestId: "", data: undefined }]],
    ["Data that is no object", [{ requestId: "", data: "None" }]],
    ["no Total", [page(undefined, ANA)]],
    ["a Total that is no number", [page("1", ANA)]],
    ["a Total that is no whole number", [page(1.5, ANA)]],
    ["a negative Total", [page(-1)]],
    ["a List that is no list", [{ requestId: "", data: { Total: 1, List: { 0: ANA } } }]],
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
  test("gives id, subject, status and link of each", async () => {
    const row = { GroupId: "G1", Subject: "Ops", GroupStatus: "ACTIVE", InviteLink: "https://chat.whatsapp.com/x" };
    const { cams, sent } = clientOf([page(2, row, { GroupId: "G2" })]);
    expect(await ended(cams.listGroups(ref))).toEqual([
      { group: "G1", subject: "Ops", status: "ACTIVE", inviteLink: "https://chat.whatsapp.com/x" },
      { group: "G2", subject: "", status: "", inviteLink: "" },
    ]);
    expect(sent).toMatchObject([{ operation: "ListChatGroup", query: { Page: '{"Index":1,"Size":100}' } }]);
    expect(sent[0]?.query).not.toHaveProperty("GroupId");
  });

  test("throws when it is not provably whole", async () => {
    const { cams } = clientOf([page(2, { GroupId: "G1" }), page(2)]);
    await expect(ended(cams.listGroups(ref))).rejects.toThrow(/ListChatGroup: .*not provably whole/);
  });
});

describe("removing participants", () => {
  test("names them as the API wants it, in one call", async () => {
    const { cams, sent } = clientOf([accepted]);
    expect(await ended(cams.removeParticipants(ref, [BUDI, CITRA]))).toEqual({ requestId: "R-2" });
    expect(sent).toMatchObject([
      {
        operation: "DeleteChatGroupParticipants",
        query: { GroupId: "EA93UU0042", List: `[{"ParticipantNumber":"${BUDI}"},{"ParticipantNumber":"${CITRA}"}]` },
      },
    ]);
  });

  const people = (n: number) => Array.from({ length: n }, (_, i) => `62812000000${i}`);

  test.each([1, 8])("takes %d at once", async (n) => {
    await expect(ended(clientOf([accepted]).cams.removeParticipants(ref, people(n)))).resolves.toBeDefined();
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
    const { cams, sent } = clientOf([accepted]);
    await expect(ended(cams.removeParticipants(to, numbers))).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});

describe("trying again", () => {
  const list = ({ cams }: ReturnType<typeof clientOf>) => ended(cams.listParticipants(ref));
  const remove = ({ cams }: ReturnType<typeof clientOf>) => ended(cams.removeParticipants(ref, [BUDI]));

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

  test("once the run is to stop no removal is sent, neither one that waited for its turn nor one that was throttled", async () => {
    let stopped = false;
    const client = clientOf([failure("throttled"), accepted], 100, () => stopped);
    const throttled = expect(remove(client)).rejects.toMatchObject({ kind: "stopped", applied: "no" });
    stopped = true;
    await throttled;
    await expect(remove(client)).rejects.toMatchObject({ kind: "stopped" });
    expect(client.sent.length).toBeLessThanOrEqual(1);
  });

  test("once the run is to stop groups are still listed, to see what became of the last removal", async () => {
    const client = clientOf([page(1, ANA)], 100, () => true);
    expect(await list(client)).toMatchObject({ kind: "whole", participants: [ANA] });
  });

  test("a read comes through after failures that passed", async () => {
    const client = clientOf([failure("unknown outcome"), failure("throttled"), failure("unreachable"), page(1, ANA)]);
    expect(await list(client)).toMatchObject({ kind: "whole", participants: [ANA] });
    expect(client.sent).toHaveLength(4);
  });

  test("a removal is sent again after throttling, which did nothing, however often", async () => {
    const client = clientOf([...Array<Reply>(9).fill(failure("throttled")), accepted]);
    expect(await remove(client)).toEqual({ requestId: "R-2" });
    expect(client.sent).toHaveLength(10);
  });

  test("a call that is throttled waits beside the pace, longer each time, up to two seconds", async () => {
    const client = clientOf([...Array<Reply>(6).fill(failure("throttled")), accepted], 1_000);
    await remove(client);
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

  test.each([
    ["a read", list],
    ["a removal", remove],
  ])("%s that is throttled for ever is given up after two minutes", async (_, act) => {
    const client = clientOf([failure("throttled")]);
    const started = performance.now();
    await expect(act(client)).rejects.toMatchObject({ kind: "throttled" });
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

describe("pace", () => {
  const inAll = (client: ReturnType<typeof clientOf>, n: number) =>
    ended(Promise.all(Array.from({ length: n }, () => client.cams.listParticipants(ref))));

  test("is one for all calls, whoever makes them", async () => {
    const client = clientOf([page(0)], 5);
    await ended(
      Promise.all([
        ...[1, 2, 3].map(() => client.cams.listParticipants(ref)),
        client.cams.listGroups(ref),
        client.cams.removeParticipants(ref, [BUDI]),
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
