import * as ambient from "../../../src/ambient";
import { readLastRun } from "../../../src/run/last-run";
import { prepareRun } from "../../../src/run/prepare";
import { ACCOUNT, LiveProject } from "../../cli/live-project";
import { TYPE, UNKNOWN } from "../../pulumi";

/** A plan is applied to the rosters of its day. Nobody is written to who is declared no more by today. */

const [ANA, BUDI, CITRA] = ["628110000001", "628110000002", "628110000003"] as const;
const MEMBERS = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };
const OWN = { project: "rollcall", stack: "dev" };
const urnOf = (type: string) => `urn:pulumi:dev::rollcall::${type}::ops`;
const INVITATIONS = TYPE.replace("ChatGroupParticipants", "ChatGroupInvitations");
const INVITED = { [BUDI]: "Budi", [CITRA]: "Citra" };

let project: LiveProject;
beforeAll(async () => {
  project = await LiveProject.start({ EA1: [ANA] });
  writePlan({ "rollcall:invitationTemplate": "invite_1" });
});
afterAll(() => project.stop());

/** The plan, with the configuration of which it was made. */
function writePlan(config: Readonly<Record<string, unknown>> | undefined): void {
  const goal = (type: string, adds: object) => ({
    goal: { type, name: "ops", inputDiff: { adds, updates: { lastLook: UNKNOWN } } },
    steps: ["update"],
  });
  project.write({
    "plan.json": JSON.stringify({
      manifest: { time: "2031-06-15T08:00:00Z", version: "v3.255.0" },
      config,
      resourcePlans: {
        [urnOf(TYPE)]: goal(TYPE, { invitations: INVITED }),
        [urnOf(INVITATIONS)]: goal(INVITATIONS, { change: INVITED }),
      },
    }),
  });
}

function declare(members: string): void {
  project.write({ "stacks/dev/ops.yaml": `group: EA1\nmembers:\n${members}` });
}
const member = (number: string, name: string, rest = ""): string =>
  `  - { number: "+${number}", name: ${name}, consent: 2026-01-05${rest} }\n`;

async function standingsOn(today: string) {
  const { plan } = await prepareRun({
    ...{ root: project.root, ...OWN, today, planFile: "plan.json", now: Date.parse(today) },
    raw: { ...ACCOUNT, endpoint: project.cams.url, callsPerSecond: "200", invitationTemplate: "invite_1" },
    clock: ambient.clock,
    credential: ambient.defaultCredential,
    sharedSecret: () => undefined,
    warn: () => undefined,
    lastRun: () => {
      const bag = { group: "EA1", ...ACCOUNT, members: MEMBERS };
      const inputs = { ...bag, lastLook: { awaiting: `${BUDI} ${CITRA}` } };
      const people = { urn: urnOf(TYPE), type: TYPE, inputs, outputs: bag };
      return Promise.resolve(readLastRun({ deployment: { resources: [people] } }, OWN));
    },
  });
  const standings = plan.groups[0]?.invitations?.standings ?? new Map<string, never>();
  return {
    rules: (plan.inviteRefusals ?? []).map(({ rule }) => rule),
    people: [...standings].map(([number, one]) => [number, one.kind === "not invited" ? one.because : one.kind]),
  };
}

// CAMS does not know the template, so whoever would be invited is held.
test("whose day came since the plan was made is not written to, though the plan names them", async () => {
  declare(member(ANA, "Ana") + member(BUDI, "Budi", ", until: 2031-06-15") + member(CITRA, "Citra"));
  const heldByTemplate = { rules: expect.arrayContaining(["template-not-passed"]) as string[] };
  expect(await standingsOn("2031-06-15")).toEqual({
    ...heldByTemplate,
    people: [
      [BUDI, "held"],
      [CITRA, "held"],
    ],
  });
  expect(await standingsOn("2031-06-16")).toEqual({
    ...heldByTemplate,
    people: [
      [BUDI, "day came"],
      [CITRA, "held"],
    ],
  });
});

test("where the rosters have problems as of today, nobody can tell whose day came, and nobody is written to", async () => {
  declare(member(ANA, "Ana") + member(BUDI, "Budi") + member(CITRA, "Citra"));
  const release = `people: ["+${BUDI}"], groups: [ops], until: 2031-06-16, reason: once`;
  project.write({ "stacks/dev/releases.yaml": `releases:\n  - { ${release} }\n` });
  expect((await standingsOn("2031-06-16")).rules).not.toContain("plan-undated");
  const late = await standingsOn("2031-06-17");
  expect(late.rules).toEqual(["plan-undated"]);
  expect(late.people).toEqual([
    [BUDI, "held"],
    [CITRA, "held"],
  ]);
});

test("a plan is refused that was made with another template, language or other parameters", async () => {
  declare(member(ANA, "Ana") + member(BUDI, "Budi") + member(CITRA, "Citra"));
  const standard = { name: "name", group: "subject", link: "link" };
  const invitationTemplate = "rollcall:invitationTemplate";
  const same = { [invitationTemplate]: "invite_1", "rollcall:invitationParameters": standard, "aws:region": "x" };
  for (const config of [undefined, same]) {
    writePlan(config);
    expect((await standingsOn("2031-06-15")).people).toHaveLength(2);
  }
  for (const [other, key] of [
    [{ [invitationTemplate]: "invite_2" }, "invitationTemplate"],
    [{ ...same, "rollcall:invitationLanguage": "id" }, "invitationLanguage"],
    [{ ...same, "rollcall:invitationParameters": { ...standard, more: "link" } }, "invitationParameters"],
    [{}, "invitationTemplate"],
  ] as const) {
    writePlan(other);
    await expect(standingsOn("2031-06-15")).rejects.toThrow(
      new RegExp(`plan.json is not applied.*people would be sent another message: .*rollcall:${key}`, "s"),
    );
  }
});
