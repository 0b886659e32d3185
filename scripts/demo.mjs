/**
 * `npm run demo`: the main job on real input, told as a story. Every command that is shown is really run: the Pulumi CLI
 * on a file backend, against the local CAMS over HTTP. Each step is checked; what does not come true fails the demo.
 */
import { Stage } from "./demo/stage.mjs";
import { messageOf } from "./lib/failure.mjs";

const BUDI = "6281234567802";
const STRANGER = "6591112233";

/** A group that is nowhere so far. */
const HARBOUR = `subject: Jakarta harbour
inviteLink: open
members:
  - number: "+62 812 3456 7801"
    name: Ana
  - number: "+62 812 3456 7805"
    name: Eka
  - number: "+62 812 3456 7806"
    name: Fitri
`;
/** Two people who agreed to be written to. */
const NEWCOMERS = `  - number: "+62 812 3456 7807"
    name: Hana
    consent: 2026-05-01
  - number: "+62 812 3456 7808"
    name: Iman
    consent: 2026-05-01
`;
const [HANA, IMAN] = ["6281234567807", "6281234567808"];
const [ANA, EKA, FITRI, SECOND_STRANGER] = ["6281234567801", "6281234567805", "6281234567806", "6591114455"];

const stage = await Stage.open();
try {
  await stage.setUp();
  await tell(stage);
} catch (error) {
  stage.say(`\nThe demo failed: ${messageOf(error)}`);
  process.exitCode = 1;
} finally {
  await stage.close();
}

/** @param {Stage} stage */
async function tell(stage) {
  stage.title("Rollcall: who belongs in a WhatsApp group, as code");
  stage.say("A local CAMS has three live groups. Rosters in stacks/demo say who belongs in them. This is one:");
  stage.show("stacks/demo/jakarta/ops.yaml");

  stage.title("1. Adoption: the first up takes the groups under management and removes nobody");
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /3 groups: 0 to remove, 1 awaiting/ });
  stage.say("Goh of the Singapore leads is declared but not in the group: awaited, to join by the invite link.");

  stage.title("2. The world moves: a stranger joins by the link, and a pull request drops Budi");
  await stage.joins("EA93UU0042", STRANGER);
  stage.edit("stacks/demo/jakarta/ops.yaml", (text) => text.replace(/ {2}- number: .*7802"\n {4}name: Budi\n/, ""));

  stage.title("3. The preview names who goes, and why");
  await stage.run(["preview", "--diff", "--save-plan", "plan.json"], {
    finds: new RegExp(`${BUDI}: "dropped from roster"[^]*${STRANGER}\\s*: "never declared"`),
  });

  stage.title("4. The reviewed plan is applied: exactly these people, nobody else");
  await stage.run(["up", "--yes", "--skip-preview", "--plan", "plan.json"], { finds: /1 updated/ });
  await stage.hasOnly("EA93UU0042", ["6281234567801", "6281234567803", "6281234567804"]);

  stage.title("5. The next run changes nothing");
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /4 unchanged/ });

  stage.title("6. A roster with a subject makes its group, with an invite link");
  stage.add("stacks/demo/jakarta/harbour.yaml", HARBOUR);
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /ChatGroup jakarta\/harbour created[^]*3 created/ });
  const harbour = await stage.groupCalled("Jakarta harbour");
  const linkA = await stage.linkOf(harbour);
  for (const number of [ANA, EKA, SECOND_STRANGER]) await stage.joins(harbour, number, linkA);
  stage.say(`Fitri is still awaited, and nobody has declared ${SECOND_STRANGER}.`);

  stage.title("7. Whoever has the link can pass it on: once the stranger and Eka are out, the link is another one");
  stage.edit("stacks/demo/jakarta/harbour.yaml", (text) => text.replace(/ {2}- number: .*7805"\n {4}name: Eka\n/, ""));
  await stage.run(["up", "--yes", "--skip-preview", "--diff"], {
    finds: new RegExp(`${EKA}: "dropped from roster"[^]*renew: "${SECOND_STRANGER} came by it`),
  });
  const linkB = await stage.linkOf(harbour);
  await stage.isBarred(harbour, FITRI, "old-link", linkA);
  await stage.joins(harbour, FITRI, linkB);
  await stage.hasOnly(harbour, [ANA, FITRI]);

  stage.title("8. Declared people who agreed to be written to are sent the link, once");
  stage.edit("stacks/Pulumi.demo.yaml", (text) =>
    text.replace(/^config:\n/m, 'config:\n  rollcall:invitationTemplate: "1119000000000000001"\n'),
  );
  stage.edit("stacks/demo/singapore/leads.yaml", (text) => text + NEWCOMERS);
  await stage.run(["preview", "--diff"], { finds: new RegExp(`invitations[^]*${HANA}\\s*: "Hana"`) });
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /ChatGroupInvitations singapore\/leads created/ });
  const link = await stage.messageTo(HANA);
  await stage.messageTo(IMAN);
  await stage.joins("EA93UU0044", HANA, link);
  stage.say("Iman does not answer, and Goh has no consent on record.");
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /Iman +invited today, delivered, not joined/ });
  await stage.hasOnly("EA93UU0044", [ANA, HANA]);

  stage.title("9. A removal cannot be undone: Budi's invite link does not let him back in");
  await stage.isBarred("EA93UU0042", BUDI, "removed");

  stage.title("10. So a removal that looks too large is refused, and says what would permit it");
  stage.edit("stacks/demo/jakarta/ops.yaml", (text) =>
    text.replace(/members:[^]*/, 'members:\n  - number: "+62 812 3456 7809"\n    name: Hadi\n'),
  );
  await stage.run(["up", "--yes", "--skip-preview"], {
    fails: true,
    finds: /\[max-removals-per-group\].*3 removals.*limit of 2/,
  });
  await stage.hasOnly("EA93UU0042", ["6281234567801", "6281234567803", "6281234567804"]);

  await stage.summary({ removed: [BUDI, STRANGER, EKA, SECOND_STRANGER], made: 1, renewed: 1, invited: [HANA, IMAN] });
}
