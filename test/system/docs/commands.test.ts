import { blocksIn, documents, read, type Block } from "./markdown";
import { Playground } from "./playground";
import { FIRST, prepareScenes, SCENES } from "./scenes";

const HOW = `A block of commands is run as it stands. A comment in the line before it says otherwise:
  <!-- run: exit 4 -->          it ends with this exit code, not with 0
  <!-- run: server -->          it is started, and stopped at the end of the scene
  <!-- not run: why -->         it is not run; then it also stands in the list of test/system/docs/commands.test.ts
  <!-- said -->                 (text) each of its lines stands in what the commands before it said; … is anything
  <!-- write: path -->          it is written to this file of the clone
A comment <!-- scene: name --> between paragraphs begins anew with one of test/system/docs/scenes.ts: ${Object.keys(SCENES).join(", ")}.`;

/** The few that can't be run in a test, each by its document and first line. */
const NOT_RUN = [
  "CONTRIBUTING.md: npm test          # sets up what is missing, then checks everything",
  "CONTRIBUTING.md: npm test -- test/roster              # all checks, but only these suites",
  "CONTRIBUTING.md: npm install --save-prefix='~' pulumi@<version>   # a range in package.json, this very version in the lock file",
  "README.md: npm run demo   # everything, against a local CAMS: preview, up, nothing to do, a refusal. No account needed",
  "docs/internals/bench.md: npm run -s bench > bench.json                     # 1,000 and 10,000 groups: some 15 minutes on 2 cores",
  "docs/people.md: feishu() { # every item of a listing",
  "docs/people.md: dingtalk() { # everybody of a department",
  'docs/people.md: curl -fsS "https://qyapi.weixin.qq.com/cgi-bin/user/list?access_token=$ACCESS_TOKEN&department_id=1&fetch_child=1" |',
  "docs/people.md: token=",
  'docs/people.md: url="https://$ORG.okta.com/api/v1/users?limit=200"',
  "docs/people.md: ldapsearch -x -LLL -o ldif-wrap=no -E pr=500/noprompt -b ou=people,dc=example,dc=com '(employeeNumber=*)' employeeNumber cn mobile >people.ldif",
  "docs/people.md: start=1",
  "docs/performance.md: export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…        # of a user that may read and write this bucket only",
  "docs/performance.md: pulumi login 's3://my-bucket?endpoint=http://s3.oss-ap-southeast-1-internal.aliyuncs.com&region=ap-southeast-1'",
  "docs/tutorial.md: npm ci && npm pack",
];

const COMMANDS = ["sh", "bash", "shell", "console"];

interface Act {
  readonly document: string;
  readonly scene: string;
  readonly blocks: readonly Block[];
}

const isAbout = (block: Block): boolean => COMMANDS.includes(block.language) || block.marks.length > 0;
const isRun = (block: Block): boolean => !block.marks.some((mark) => mark.startsWith("not run:"));

/** A document's blocks, from scene to scene. */
function actsOf(document: string): readonly Act[] {
  const acts: { document: string; scene: string; blocks: Block[] }[] = [];
  for (const block of blocksIn(read(document))) {
    const scene = block.scenes.at(-1) ?? (acts.length === 0 ? FIRST : undefined);
    if (scene !== undefined) acts.push({ document, scene, blocks: [] });
    if (isAbout(block)) acts.at(-1)?.blocks.push(block);
  }
  return acts.filter(({ blocks }) => blocks.some((block) => COMMANDS.includes(block.language) && isRun(block)));
}

const one = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Lines that were not said; `…` in a line stands for anything. */
function unsaid(lines: readonly string[], out: string): readonly string[] {
  return lines.filter((line) => {
    let at = 0;
    return !line.split("…").every((part) => {
      const found = one(out).indexOf(one(part), at);
      at = found + one(part).length;
      return found >= 0;
    });
  });
}

async function play(clone: Playground, { document, scene, blocks }: Act): Promise<void> {
  const begin = SCENES[scene];
  if (begin === undefined) throw new Error(`${document}: there is no scene ${scene}.\n${HOW}`);
  clone.wholeNpx = false;
  await begin(clone);
  clone.wholeNpx = document === "README.md" || scene === "installed";
  let said = "";
  for (const block of blocks.filter(isRun)) {
    const fail = (what: string): never => {
      throw new Error(`${document}:${block.line}: ${what}\n${block.text}\n${said}\n${HOW}`);
    };
    const [mark = "run: exit 0", ...others] = block.marks;
    if (others.length > 0) fail("more than one comment");
    const [, file] = /^write: (\S+)$/.exec(mark) ?? [];
    const [, code] = /^run: exit (\d+)$/.exec(mark) ?? [];
    const lines = block.text.split("\n").filter((line) => line.trim() !== "");
    if (file !== undefined) {
      clone.write(file, clone.here(block.text));
    } else if (mark === "said") {
      if (
        unsaid(
          lines.map((line) => clone.here(line)),
          said,
        ).length > 0
      )
        fail(`not all of it was said by the commands before:`);
    } else if (!COMMANDS.includes(block.language)) {
      fail(`a comment that says nothing of a block of ${block.language}: ${mark}`);
    } else {
      const isConsole = block.language === "console";
      const script = isConsole
        ? lines
            .filter((line) => line.startsWith("$ "))
            .map((line) => line.slice(2))
            .join("\n")
        : block.text;
      if (mark === "run: server") await clone.serve(script).catch((error: unknown) => fail(String(error)));
      else if (code === undefined) fail(`a comment that is not known: ${mark}`);
      else {
        const run = await clone.run(script);
        said = run.out;
        if (run.code !== Number(code)) fail(`it should end with ${code}, and ended with ${run.code}`);
        const shown = isConsole ? lines.filter((line) => !line.startsWith("$ ")) : [];
        if (
          unsaid(
            shown.map((line) => clone.here(line)),
            said,
          ).length > 0
        )
          fail("it does not say what is shown");
      }
    }
  }
}

/** Each is some real runs of the CLI. */
jest.setTimeout(300_000);

const acts = documents.flatMap(actsOf);

describe("commands of the documents", () => {
  let clone: Playground;
  beforeAll(async () => {
    clone = await Playground.open();
    await prepareScenes(clone);
  });
  afterAll(() => clone.close());

  test.each(acts.map((act) => [act.document, act.blocks[0]?.line ?? 0, act.scene, act] as const))(
    "%s, from line %i, scene %s",
    (_document, _line, _scene, act) => play(clone, act),
  );
});

test("every other block is on the list of those that can't be run", () => {
  const found = documents.flatMap((document) =>
    blocksIn(read(document))
      .filter((block) => COMMANDS.includes(block.language) && !isRun(block))
      .map(({ text }) => `${document}: ${text.split("\n")[0] ?? ""}`),
  );
  expect(found).toEqual(NOT_RUN);
});
