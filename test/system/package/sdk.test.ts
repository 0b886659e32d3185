import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeProgram } from "../conformance/program";
import { passed } from "../../runs";
import { installed, oldestSdk, pack } from "./installed";
import { ANA, BUDI, Repository, ROOT, STRANGER } from "./repository";

jest.setTimeout(300_000);

const top = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-sdk-")));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const PROGRAM = `const { ChatGroupParticipants } = require("cams-rollcall");
const people = { "+62 812 3456 7801": "Ana", "+62 812 3456 7802": "Budi" };
if (process.env.DROP === "budi") delete people["+62 812 3456 7802"];
new ChatGroupParticipants("ops", { group: "EA93UU0042", businessNumber: "8613800000000", custSpaceId: "cams-8c8e", members: people });
`;

/** What a stranger's own project compiles with: everything strict, and the types of all packages are looked at. */
const STRICT = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: "es2022",
  module: "node16",
  moduleResolution: "node16",
  types: ["node"],
};
const TYPED = `import * as pulumi from "@pulumi/pulumi";
import { ChatGroupParticipants, type ChatGroupParticipantsArgs } from "cams-rollcall";
import program = require("cams-rollcall/program");

const args: ChatGroupParticipantsArgs = { group: "EA", businessNumber: "86", custSpaceId: "c", members: {} };
export const participants: pulumi.Output<string> = new ChatGroupParticipants("ops", args).participants;
export const whole: () => Promise<unknown> = program;
`;

/** Each copy of the SDK below a folder: two of them would not know each other's resources. */
const copiesOfSdk = (dir: string): string[] =>
  readdirSync(join(dir, "node_modules"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("@pulumi/pulumi/package.json"))
    .sort();

/** A program of one's own that has chosen its SDK: the oldest that the package admits, and a newer one than is tested elsewhere. */
describe.each([oldestSdk(), "3.276.0"])("a program with Pulumi's SDK %s", (sdk) => {
  const dir = join(top, sdk);
  mkdirSync(dir);
  const tools = ["typescript", "@types/node"].map((name) => `${name}@${versionOf(name)}`);
  const program = installed(dir, [pack(dir), `@pulumi/pulumi@${sdk}`, ...tools]);

  describeProgram("with the package installed beside it", program, () => {
    let repository: Repository;
    beforeAll(async () => {
      repository = await Repository.start(dir);
      repository.write("Pulumi.yaml", "name: own\nruntime: nodejs\nmain: index.js\nstackConfigDir: stacks\n");
      repository.write("index.js", PROGRAM);
      repository.write("stacks/Pulumi.prod.yaml", "config:\n  rollcall:undeclared: remove\n");
      await repository.initStack();
    });
    afterAll(() => repository.stop());

    test("there is one copy of the SDK", () => {
      expect(copiesOfSdk(dir)).toEqual(["@pulumi/pulumi/package.json"]);
    });

    test("its types are accepted where everything is strict", async () => {
      repository.write("typed.ts", TYPED);
      repository.write("tsconfig.json", JSON.stringify({ compilerOptions: STRICT, files: ["typed.ts"] }));
      const ran = await repository.run(join(dir, "node_modules/.bin/tsc"), ["-p", "tsconfig.json"]);
      expect(ran).toMatchObject({ code: 0, out: "" });
    });

    test("adopts, names in the preview whom it would remove, and removes exactly them", async () => {
      passed(await repository.pulumi("up", "--stack", "prod", "--yes", "--skip-preview"));
      const drop = { ...repository.credentials, DROP: "budi" };
      const stack = ["--stack", "prod", "--non-interactive"];
      const preview = passed(await repository.run("pulumi", ["preview", "--diff", ...stack], drop));
      expect(preview.out).toMatch(new RegExp(`${BUDI}: "dropped from roster"[^]*${STRANGER}\\s*: "never declared"`));
      passed(await repository.run("pulumi", ["up", "--yes", "--skip-preview", ...stack], drop));
      expect(await repository.participants()).toEqual([ANA]);
    });
  });
});

function versionOf(name: string): string {
  const manifest = readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
