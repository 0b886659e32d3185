/**
 * `npm run demo`: the main job on real input, told as a story. Every command that is shown is really run: the Pulumi CLI
 * on a file backend, against the local CAMS over HTTP. Each step is checked; what does not come true fails the demo.
 */
import { Stage } from "./demo/stage.mjs";
import { messageOf } from "./lib/failure.mjs";

const BUDI = "6281234567802";
const STRANGER = "6591112233";

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

  stage.title("6. A removal cannot be undone: Budi's invite link does not let him back in");
  await stage.isBarred("EA93UU0042", BUDI);

  stage.title("7. So a removal that looks too large is refused, and says what would permit it");
  stage.edit("stacks/demo/jakarta/ops.yaml", (text) =>
    text.replace(/members:[^]*/, 'members:\n  - number: "+62 812 3456 7809"\n    name: Hadi\n'),
  );
  await stage.run(["up", "--yes", "--skip-preview"], {
    fails: true,
    finds: /\[max-removals-per-group\].*3 removals.*limit of 2/,
  });
  await stage.hasOnly("EA93UU0042", ["6281234567801", "6281234567803", "6281234567804"]);

  await stage.summary();
}
