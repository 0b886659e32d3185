import fc from "fast-check";
import { afterListing, changeNumber, join, leave, present, remove } from "../../src/emulator/groups/rules";
import type { Group } from "../../src/emulator/groups/types";

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
