/**
 * `npm run screenshots`: the pictures of the README, made of real runs on the demo's groups. A pull request drops Budi
 * and writes Fitri's number wrongly; meanwhile a stranger has joined. What the preview says is docs/demo.svg; what
 * `rollcall report` makes of it for a comment is docs/pull-request.md, of which a browser takes docs/pull-request.png.
 * docs/who.png is the page of `rollcall who` before that.
 * With `--check` nothing is written: it fails when a picture shows what today's code does not say.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { marked } from "marked";
import { Stage } from "./demo/stage.mjs";
import { toSvg } from "./demo/svg.mjs";
import { messageOf } from "./lib/failure.mjs";
import { page } from "./screenshots/page.mjs";
import { browser, labelled, shoot } from "./screenshots/shoot.mjs";

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const HEAD = `<!-- Written by \`npm run screenshots\`: what \`rollcall report\` makes of a real preview. -->\n\n`;
/** The page of `rollcall who` takes no script but its own, so it is not asked how high it is. CSS pixels. */
const WHO_HEIGHT = 736;

if (!check) browser();
const stage = await Stage.open("screenshots");
/** @param {string} name */
const file = (name) => join(stage.root, "docs", name);
try {
  const { svg, markdown, who } = await play();
  const text = HEAD + markdown;
  const source = sha256(text);
  if (check) {
    const stale = [
      ...(readFileSync(file("demo.svg"), "utf8") === svg ? [] : ["docs/demo.svg"]),
      ...(readFileSync(file("pull-request.md"), "utf8") === text ? [] : ["docs/pull-request.md"]),
      ...(readFileSync(file("pull-request.png")).includes(source) ? [] : ["docs/pull-request.png"]),
      ...(readFileSync(file("who.png")).includes(sha256(who)) ? [] : ["docs/who.png"]),
    ];
    if (stale.length > 0)
      throw new Error(`not what today's code says: ${stale.join(", ")}. Run \`npm run screenshots\``);
  } else {
    writeFileSync(file("demo.svg"), svg);
    writeFileSync(file("pull-request.md"), text);
    writeFileSync(file("pull-request.png"), labelled(shoot(page(await marked.parse(markdown))), source));
    writeFileSync(file("who.png"), labelled(shoot(who, WHO_HEIGHT), sha256(who)));
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await stage.close();
}

/** @param {string} text */
function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

async function play() {
  await stage.setUp();
  await stage.run(["up", "--yes", "--skip-preview"], { finds: /3 groups: 0 to remove, 1 awaiting/ });

  await stage.joins("EA93UU0042", "6591112233");
  stage.edit("stacks/demo/jakarta/ops.yaml", (text) => text.replace(/ {2}- number: .*7802"\n {4}name: Budi\n/, ""));
  stage.film();
  await stage.run(["preview", "--diff", "--save-plan", "plan.json"], { finds: /never declared/ });
  stage.cut();
  // Each run has its own time, and the picture is to be the same.
  const who = (await stage.who()).replace(/"taken":"[^"]*"/, '"taken":"2026-11-30T08:00:00.000Z"');

  stage.edit("stacks/demo/jakarta/sales.yaml", (text) => text.replace("4567 806", "4567 860").replace("7806", "7860"));
  return { svg: toSvg(stage.filmed()), markdown: await stage.report(), who };
}
