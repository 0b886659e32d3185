import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GroupLists } from "../../../src/cams";
import { sendInvitations } from "../../../src/execution/invitations/send";
import type { EndedInvitation, Invitation, Purpose } from "../../../src/invitations/types";
import { openSession } from "../../../src/provider/session";
import { auditInvitations } from "../../../src/run/audit-invitations";
import { ANA, BUDI, desire } from "../../membership/world";
import { failure, fakeClock, ref } from "../../execution/world";
import { LINK, row } from "../../execution/upkeep/world";
import { read } from "./markdown";

/** Holds the lines that are really written about invitations to what docs/audit-log.md says of them. */
const section = read("docs/audit-log.md").split("\n## Invitations\n")[1] ?? "";
const fields = [...section.matchAll(/^\| `(\w+)` +\| ([a-z, ]+?) +\| (.*) \|$/gm)].map(
  ([, name = "", events = "", value = ""]) => ({ name, events: events.split(", "), value }),
);
const fieldsOf = (event: string): readonly string[] =>
  fields
    .filter(({ events }) => events.includes(event))
    .map(({ name }) => name)
    .sort();
const isTold = (field: string, value = ""): boolean =>
  fields.some((one) => one.name === field && one.value.includes(`\`${value}\``));

type Line = Readonly<Record<string, string>>;

const folder = mkdtempSync(join(tmpdir(), "rollcall-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const newLog = (): string => join(mkdtempSync(join(folder, "run-")), "audit.jsonl");
const linesOf = (file: string): readonly Line[] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

const MASKED = { display: "masked", maskKey: "a key" };

/** The lines of one message, as the provider writes them. */
async function sent(
  fails: Parameters<typeof failure> | undefined,
  purpose: Purpose = "first",
  settings: Readonly<Record<string, string>> = {},
): Promise<readonly Line[]> {
  const auditLog = newLog();
  const all: Readonly<Record<string, string>> = { auditLog, ...settings };
  const { inviter } = openSession((key) => all[key.replace("rollcall:", "")]);
  const clock = fakeClock();
  const observed = { kind: "whole" as const, participants: [ANA], unidentified: 0 };
  const cams = {
    listParticipants: () => Promise.resolve(observed),
    listGroups: () => Promise.resolve([row()]),
    listMessages: () => Promise.resolve([]),
    sendMessage: () =>
      fails === undefined
        ? Promise.resolve({ requestId: "request", messageId: "message-1" })
        : Promise.reject(failure(...fails)),
  } as unknown as typeof inviter.cams & ConstructorParameters<typeof GroupLists>[0];
  const task = {
    ...{ ref, observed, at: "2026-11-29T06:00:00.000Z", subject: undefined },
    desired: desire({ members: new Map([ANA, BUDI].map((number) => [number, "Somebody"])) }),
    ...{ removing: new Set<string>(), open: new Set<string>(), links: new Map(), earlier: new Set<string>() },
    invite: [{ number: BUDI, name: "Budi", purpose }],
    template: { code: "template-1", language: "en", parameters: { link: "link" as const } },
  };
  await sendInvitations(task, { ...inviter, cams, clock, lists: new GroupLists(cams, clock), confirmTimeoutMs: 0 });
  return linesOf(auditLog);
}

const final = { metaCode: "131026", detail: "131026" };
const ways: readonly (readonly [outcome: string, detail: RegExp, fails: Parameters<typeof failure> | undefined])[] = [
  ["accepted", /^message-1$/, undefined],
  ["failed", /131026/, ["refused", final]],
  ["not sent", /Code/, ["refused"]],
  ["not sent", /Code/, ["access"]],
  ["not sent", /Code/, ["stopped"]],
  ["unknown", /Code/, ["unknown outcome"]],
];

test.each(ways)(
  "a message that is %s (%p) has lines with exactly the documented fields",
  async (outcome, detail, fails) => {
    const lines = await sent(fails);
    expect(lines.map(({ event }) => event)).toEqual(["attempt", "answer"]);
    for (const line of lines) {
      expect(Object.keys(line).sort()).toEqual(fieldsOf(line.event!));
      expect(line).toMatchObject({
        act: "invite",
        group: "EA93UU0042",
        roster: "jakarta/ops",
        number: BUDI,
        name: "Budi",
      });
      expect(line).toMatchObject({ reason: "first", template: "template-1" });
      expect(isTold("event", line.event)).toBe(true);
    }
    expect(lines[1]?.outcome).toBe(outcome);
    expect(isTold("outcome", outcome)).toBe(true);
    expect(lines[1]?.detail).toMatch(detail);
    expect(JSON.stringify(lines)).not.toContain(LINK);
  },
);

test("every reason is documented, and written as it is", async () => {
  const reasons: Readonly<Record<Purpose, true>> = {
    ...{ first: true, reminder: true, "new link": true, again: true, released: true },
  };
  for (const purpose of Object.keys(reasons) as Purpose[]) {
    expect((await sent(undefined, purpose)).map(({ reason }) => reason)).toEqual([purpose, purpose]);
    expect(isTold("reason", purpose)).toBe(true);
  }
});

test("with masked display no line holds a number", async () => {
  const lines = await sent(["unknown outcome"], "first", MASKED);
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toContain(BUDI);
});

const invitation = (state: Invitation["state"]): Invitation => ({
  ...{ state, since: "2026-11-01T00:00:00.000Z", at: "2026-11-01T00:00:00.000Z" },
  ...{ messages: 1, reminders: 0, template: "template-1" },
});

test("a line about a state has exactly the documented fields, whatever the state", () => {
  const states: Readonly<Record<Invitation["state"] | EndedInvitation["how"], true>> = {
    ...{ accepted: true, delivered: true, read: true, failed: true, unknown: true, lapsed: true },
    ...{ joined: true, withdrawn: true },
  };
  const [ended, open] = [["joined", "withdrawn"] as const, Object.keys(states).slice(0, 6) as Invitation["state"][]];
  const auditLog = newLog();
  for (const state of open) {
    const changed = new Map([[BUDI, invitation(state)]]);
    audit({ ended: [], changed }, auditLog);
  }
  const people = ended.map((how) => ({ number: BUDI, name: "Budi", how, invitation: invitation("read") }));
  audit({ ended: people, changed: new Map() }, auditLog);
  const lines = linesOf(auditLog);
  expect(lines.map(({ state }) => state)).toEqual([...open, ...ended]);
  for (const line of lines) {
    expect(Object.keys(line).sort()).toEqual(fieldsOf("state"));
    expect(line).toMatchObject({ event: "state", act: "invite", number: `masked ${BUDI}`, name: "Budi" });
    expect(isTold("state", line.state)).toBe(true);
  }
});

/** Writes the lines of a run of one group. */
function audit(told: object, auditLog: string): void {
  const invitations = { invite: [], standings: new Map(), invited: new Map(), ...told };
  const desired = desire({ members: new Map([[BUDI, "Budi"]]) });
  const plan = { groups: [{ ref, desired, invitations }] } as unknown as Parameters<typeof auditInvitations>[0];
  auditInvitations(plan, { root: folder, show: (number) => `masked ${number}`, auditLog });
}
