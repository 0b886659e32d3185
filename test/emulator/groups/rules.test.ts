import fc from "fast-check";
import {
  afterGroupListing,
  afterListing,
  changeNumber,
  join,
  lagging,
  leave,
  listed,
  present,
  remove,
} from "../../../src/emulator/groups/rules";
import type { Group } from "../../../src/emulator/groups/types";

const empty: Group = {
  groupId: "EA1",
  subject: "",
  description: "",
  status: "ACTIVE",
  inviteLink: "https://chat.whatsapp.com/x",
  profilePictureFile: null,
  members: [],
  removed: [],
  modified: 0,
};

const person = fc.integer({ min: 10, max: 25 }).map((n) => `6281100000${n}`);
const event = fc.oneof(
  fc.record({ kind: fc.constant("join" as const), who: fc.array(person, { minLength: 1, maxLength: 1 }) }),
  fc.record({ kind: fc.constant("leave" as const), who: fc.array(person, { minLength: 1, maxLength: 1 }) }),
  fc.record({ kind: fc.constant("change" as const), who: fc.array(person, { minLength: 2, maxLength: 2 }) }),
  fc.record({ kind: fc.constant("remove" as const), who: fc.uniqueArray(person, { minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant("list" as const), who: fc.constant<string[]>([]) }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function happen(group: Group, { kind, who }: Event, reads: number): Group {
  const [first = "", second = ""] = who;
  switch (kind) {
    case "join": {
      const next = join(group, first);
      return typeof next === "string" ? group : next;
    }
    case "leave":
      return leave(group, first) ?? group;
    case "change": {
      const next = changeNumber(group, first, second);
      return typeof next === "string" ? group : next;
    }
    case "remove":
      return remove(group, who, reads).group;
    case "list":
      return afterListing(group);
  }
}

const rows = (group: Group): string[] => present(group).map(({ row }) => row);

describe("whatever happens to a group", () => {
  it("it has 8 people at most, nobody twice, and nobody who was ever removed", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.nat(3), (events, reads) => {
        const removed = new Set<string>();
        let group = empty;
        for (const one of events) {
          const before = rows(group);
          group = happen(group, one, reads);
          if (one.kind === "remove") one.who.filter((who) => before.includes(who)).forEach((who) => removed.add(who));
          const now = rows(group);
          expect(now.length).toBeLessThanOrEqual(8);
          expect(new Set(now).size).toBe(now.length);
          expect(now.filter((who) => removed.has(who))).toEqual([]);
          expect([...group.removed].sort()).toEqual([...removed].sort());
        }
      }),
    );
  });

  it("who was removed is off the list after so many listings, and not before", () => {
    fc.assert(
      fc.property(fc.uniqueArray(person, { minLength: 1, maxLength: 8 }), fc.nat(5), (who, reads) => {
        const full = who.reduce<Group>((group, one) => join(group, one) as Group, empty);
        let { group } = remove(full, who.slice(0, 1), reads);
        for (let n = 0; n < reads; n++) {
          expect(group.members.map(({ row }) => row)).toEqual(who);
          group = afterListing(group);
        }
        expect(group.members.map(({ row }) => row)).toEqual(who.slice(1));
      }),
    );
  });

  it("who left on their own can come back", () => {
    fc.assert(
      fc.property(fc.uniqueArray(person, { minLength: 1, maxLength: 8 }), (who) => {
        const full = who.reduce<Group>((group, one) => join(group, one) as Group, empty);
        expect(rows(join(leave(full, who[0]!)!, who[0]!) as Group)).toEqual([...who.slice(1), who[0]]);
      }),
    );
  });
});

describe("the list of groups", () => {
  /** What so many readings, one after the other, show of a group. */
  const shown = (group: Group, readings: number): (Group | undefined)[] => {
    let now: Group | undefined = group;
    return Array.from({ length: readings }, () => {
      const seen: Group | undefined = now === undefined ? undefined : listed(now);
      now = now === undefined ? undefined : afterGroupListing(now);
      return seen;
    });
  };
  const creating: Group = { ...empty, status: "CREATING", settling: { to: "ACTIVE", reads: 1 } };
  const link = (group: Group | undefined) => group?.inviteLink;

  it("shows a group that lags after so many readings, CREATING at first", () => {
    const statuses = shown(lagging(creating, undefined, 2), 5).map((group) => group?.status);
    expect(statuses).toEqual([undefined, undefined, "CREATING", "ACTIVE", "ACTIVE"]);
  });

  it("shows a change that lags after so many readings, and people who came meanwhile at once", () => {
    const renewed = { ...empty, subject: "new", inviteLink: "https://chat.whatsapp.com/y", modified: 7 };
    const lagged = lagging(renewed, empty, 2);
    expect(shown(lagged, 4).map(link)).toEqual([
      "https://chat.whatsapp.com/x",
      "https://chat.whatsapp.com/x",
      "https://chat.whatsapp.com/y",
      "https://chat.whatsapp.com/y",
    ]);
    const joined = join(lagged, "628110000001") as Group;
    expect(listed(joined)).toMatchObject({ subject: "", modified: 0, members: [{ row: "628110000001" }] });
    expect(shown(joined, 3)[2]).toEqual({ ...renewed, members: [{ row: "628110000001" }] });
  });

  it("shows what it showed before also when a second change lags", () => {
    const second = { ...empty, inviteLink: "https://chat.whatsapp.com/y" };
    const third = { ...second, inviteLink: "https://chat.whatsapp.com/z" };
    const lagged = lagging({ ...third, listedAs: lagging(second, empty, 3).listedAs! }, lagging(second, empty, 3), 1);
    expect(shown(lagged, 2).map(link)).toEqual(["https://chat.whatsapp.com/x", "https://chat.whatsapp.com/z"]);
  });

  it("shows what never settles or never stops to lag the same for ever, and makes no new value of it", () => {
    const stuck: Group = { ...empty, status: "CREATING", settling: { to: "ACTIVE", reads: null } };
    expect(afterGroupListing(stuck)).toBe(stuck);
    const hidden: Group = { ...empty, listedAs: { row: null, reads: null } };
    expect(afterGroupListing(hidden)).toBe(hidden);
    expect(lagging(empty, undefined, 0)).toBe(empty);
  });

  it("loses a deleted group after so many readings", () => {
    const deleting: Group = { ...empty, status: "DELETING", settling: { to: "GONE", reads: 2 } };
    expect(shown(deleting, 4).map((group) => group?.status)).toEqual(["DELETING", "DELETING", undefined, undefined]);
  });
});
