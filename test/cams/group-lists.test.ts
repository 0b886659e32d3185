import { CamsError, GroupLists, type Account, type GroupInfo } from "../../src/cams";
import { failure } from "../execution/world";
import { BOT } from "../membership/world";

const account: Account = { businessNumber: BOT, custSpaceId: "cams-8c8e", channelType: "WHATSAPP" };

/** Listings that come to their end when the test says so. */
function scene() {
  let now = 0;
  const begun: { readonly account: Account; readonly end: (groups: readonly GroupInfo[] | CamsError) => void }[] = [];
  const listGroups = (of: Account): Promise<readonly GroupInfo[]> =>
    new Promise((done, failed) => {
      begun.push({ account: of, end: (end) => (end instanceof CamsError ? failed(end) : done(end)) });
    });
  const lists = new GroupLists({ listGroups }, { now: () => now });
  const pass = (ms: number): void => {
    now += ms;
  };
  return { lists, begun, pass };
}

const rows = (group: string): readonly GroupInfo[] => [
  { group, subject: "", description: "", status: "ACTIVE", inviteLink: "" },
];

/** Until all that is under way without waiting has been carried out. */
const turn = () => new Promise((done) => setImmediate(done));

test("all who want one at the same time share one listing", async () => {
  const { lists, begun } = scene();
  const wanted = [lists.list(account, 0), lists.list(account, 0), lists.list(account, -1)];
  begun[0]!.end(rows("A"));
  expect(await Promise.all(wanted)).toEqual([rows("A"), rows("A"), rows("A")]);
  expect(begun).toHaveLength(1);
});

test("the very object is handed on, since writes stand on it", async () => {
  const { lists, begun } = scene();
  const wanted = [lists.list(account, 0), lists.list(account, 0)];
  begun[0]!.end(rows("A"));
  const [one, other] = await Promise.all(wanted);
  expect(one).toBe(other);
});

test("one that was begun early enough is used again, an older one is not", async () => {
  const { lists, begun, pass } = scene();
  const first = lists.list(account, 0);
  begun[0]!.end(rows("A"));
  await first;
  pass(5);
  expect(await lists.list(account, 0)).toEqual(rows("A"));
  const newer = lists.list(account, 1);
  await turn();
  begun[1]!.end(rows("B"));
  expect(await newer).toEqual(rows("B"));
  expect(await lists.list(account, 5)).toEqual(rows("B"));
  expect(begun).toHaveLength(2);
});

test("while an older one is under way, all who want a newer one wait for it, and share the next", async () => {
  const { lists, begun, pass } = scene();
  const first = lists.list(account, 0);
  pass(5);
  const waiting = [lists.list(account, 5), lists.list(account, 3)];
  await turn();
  expect(begun).toHaveLength(1);
  pass(5);
  begun[0]!.end(rows("A"));
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]!.end(rows("B"));
  expect([await first, ...(await Promise.all(waiting))]).toEqual([rows("A"), rows("B"), rows("B")]);
});

test("who wants a newer one than the next waits for one more", async () => {
  const { lists, begun, pass } = scene();
  const first = lists.list(account, 0);
  pass(5);
  const second = lists.list(account, 5);
  begun[0]!.end(rows("A"));
  await turn();
  pass(5);
  const third = lists.list(account, 10);
  begun[1]!.end(rows("B"));
  await turn();
  begun[2]!.end(rows("C"));
  expect([await first, await second, await third]).toEqual([rows("A"), rows("B"), rows("C")]);
});

test("one that fails fails for those who share it, and for nobody who wants a newer one", async () => {
  const { lists, begun, pass } = scene();
  const shared = [lists.list(account, 0), lists.list(account, 0)];
  pass(5);
  const newer = lists.list(account, 5);
  begun[0]!.end(failure("throttled"));
  for (const one of shared) await expect(one).rejects.toMatchObject({ kind: "throttled" });
  await turn();
  begun[1]!.end(rows("B"));
  expect(await newer).toEqual(rows("B"));
});

test("each account has its own", async () => {
  const { lists, begun } = scene();
  const accounts = [
    account,
    { ...account, businessNumber: "8613800000001" },
    { ...account, custSpaceId: "cams-9d9f" },
    { ...account, channelType: "OTHER" },
  ];
  const wanted = accounts.map((one) => lists.list(one, 0));
  expect(begun.map((one) => one.account)).toEqual(accounts);
  for (const [at, { end }] of begun.entries()) end(rows(`G${at}`));
  expect((await Promise.all(wanted)).map(([one]) => one?.group)).toEqual(["G0", "G1", "G2", "G3"]);
});
