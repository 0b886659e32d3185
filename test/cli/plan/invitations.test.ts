import { driftCommand } from "../../../src/cli/drift";
import { planCommand } from "../../../src/cli/plan";
import { LiveProject } from "../live-project";

const [ANA, BUDI, CITRA] = ["628110000001", "628110000002", "628110000003"];
const TEAM = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };

/** What `plan` and `drift` tell of invitations. Ana is in the group; Budi and Citra are awaited. */
describe("invitations", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  const plan = (...args: string[]) => project.run(planCommand, "plan", ...args);
  const drift = (...args: string[]) => project.run(driftCommand, "drift", ...args);
  const jsonOf = async (run: typeof plan) => {
    const { code, out } = await run("--format", "json");
    return { code, ...(JSON.parse(out) as { groups: Record<string, unknown>[] }) };
  };
  const actions = async () => (await project.calls()).map(({ action }) => action).sort();

  /** @param consent of Budi */
  async function start({ consent, template = "invite" }: { consent?: string; template?: string | undefined }) {
    project = await LiveProject.start({ A: [ANA] });
    project.settings(template === "" ? {} : { invitationTemplate: template });
    const budi = `    name: Budi\n${consent === undefined ? "" : `    consent: ${consent}\n`}`;
    project.write({
      "stacks/dev/ops.yaml":
        `group: A\nmembers:\n  - number: "+${ANA}"\n    name: Ana\n  - number: "+${BUDI}"\n${budi}` +
        `  - number: "+${CITRA}"\n    name: Citra\n`,
    });
    project.last({ ops: { group: "A", members: TEAM, absent: [BUDI, CITRA] } });
  }

  test("plan: nobody has consent: told of each, no refusal, 0, and nothing but groups is looked at", async () => {
    await start({});
    const { code, out } = await plan();
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}ops {2}628110000002 {2}Budi {3}https:\/\/\S+ {2}not invited: no consent on record$/m);
    expect(await actions()).toEqual(["ListChatGroup", "ListChatGroupParticipants"]);
    const json = await jsonOf(plan);
    expect(json).toMatchObject({
      code: 0,
      groups: [{ awaiting: [{ standing: "no-consent" }, { standing: "no-consent" }] }],
      summary: { invitations: 0, refusals: 0 },
    });
    expect(json.groups[0]).not.toHaveProperty("invitations");
  });

  test("plan and drift: a template that can't be sent holds the invitations alone, and is a refusal: 6", async () => {
    await start({ consent: "2026-05-01" });
    for (const run of [plan, drift]) {
      expect(await jsonOf(run)).toMatchObject({
        code: 6,
        groups: [
          {
            awaiting: [
              { number: BUDI, standing: "held" },
              { number: CITRA, standing: "no-consent" },
            ],
            refusals: [],
          },
        ],
        refusals: expect.arrayContaining([
          expect.objectContaining({ rule: "template-not-passed", holds: "invitations" }),
        ]) as object[],
        summary: { removals: 0, invitations: 0 },
      });
      const { code, out } = await run();
      expect(code).toBe(6);
      expect(out).toMatch(
        /\[template-not-passed\] +Nobody is invited into ops: the template "invite" in "en"|CAMS does not know/,
      );
      expect(out).not.toContain("the whole run is refused");
    }
    expect(await actions()).not.toContain("SendChatappMessage");
  });

  test("without a template nothing of it is told", async () => {
    await start({ consent: "2026-05-01", template: "" });
    const { code, out } = await plan();
    expect([code, out]).toEqual([0, expect.not.stringMatching(/invited|invitation/)]);
    expect(JSON.stringify(await jsonOf(plan))).not.toContain("standing");
  });
});
