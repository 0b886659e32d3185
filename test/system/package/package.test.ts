import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describeProgram } from "../conformance/program";
import { contents, install, pack, packAndInstall } from "./installed";
import { passed } from "../../runs";
import { ANA, BUDI, Repository, ROOT, STRANGER } from "./repository";

// Each test runs the real CLI several times, which takes a busy machine its time.
jest.setTimeout(300_000);

const preview = async (repository: Repository) =>
  passed(await repository.pulumi("preview", "--stack", "prod", "--diff"));
const up = async (repository: Repository) => passed(await repository.pulumi("up", "--stack", "prod", "--yes"));

/** The package as most teams use it: installed from its tarball in an empty repository, with no code of their own. */
describeProgram("the package, installed", packAndInstall(), ([dir = "", tarball = ""]) => {
  afterAll(() => rmSync(join(dir, ".."), { recursive: true, force: true }));

  test("the tarball holds what is needed at the user's, and no tests or sources", () => {
    const files = contents(tarball);
    const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: object };
    const entries = Object.values(exports).flatMap((one: string | object) =>
      typeof one === "string" ? [one] : (Object.values(one) as string[]),
    );
    for (const entry of [...entries, "dist/index.js", "dist/cli/main.js", "Pulumi.yaml", "schema/roster.schema.json"])
      expect(files).toContain(entry.replace(/^\.\//, ""));
    for (const folder of ["page", "templates", "pipelines", "policies"])
      for (const name of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
        if (name.isFile() && name.name !== "tsconfig.json")
          expect(files).toContain(join(name.parentPath, name.name).slice(ROOT.length + 1));
    expect(files.filter((path) => /^(src|test|scripts|stacks|node_modules|\.)/.test(path))).toEqual([]);
    expect(files.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual([]);
    // So that whoever packs it can read what is in it.
    expect(files.length).toBeLessThan(90);
  });

  describe("an empty repository", () => {
    let repository: Repository;
    beforeAll(async () => {
      repository = await Repository.start(dir);
    });
    afterAll(() => repository.stop());

    test("npm install and npx rollcall init are enough for pulumi preview, up and all that follows", async () => {
      const init = passed(await repository.npx("rollcall", "init"));
      expect(init.stdout).not.toMatch(/kept/);
      expect(passed(await repository.npx("rollcall", "validate")).out).toContain("1 roster of prod: no problems");
      await repository.initStack();
      expect(passed(await repository.npx("pulumi", "preview", "--stack", "prod", "--non-interactive")).out).toMatch(
        /Roll call of 1 group: 0 to remove, 1 awaiting, 0 left, 1 spared/,
      );
      await up(repository);
      expect((await preview(repository)).out).toMatch(new RegExp(`\\+ removals[^]*${STRANGER}`));
      await up(repository);
      expect((await up(repository)).out).toMatch(/2 unchanged/);

      repository.declare("ana");
      expect((await preview(repository)).out).toMatch(new RegExp(`${BUDI}: "dropped from roster"`));
      expect(await repository.askedFor()).toEqual([STRANGER]);
      await up(repository);
      expect([await repository.askedFor(), await repository.participants()]).toEqual([[STRANGER, BUDI], [ANA]]);
    });

    test("the helper command finds stack, state and CAMS", async () => {
      const [plan, drift, doctor, schema] = await Promise.all([
        repository.npx("rollcall", "plan", "--format", "json"),
        repository.npx("rollcall", "drift", "--format", "json"),
        repository.npx("rollcall", "doctor"),
        repository.npx("rollcall", "schema", "people"),
      ]);
      expect(JSON.parse(passed(plan).stdout)).toMatchObject({ summary: { groups: 1, removals: 0 } });
      expect(JSON.parse(passed(drift).stdout)).toMatchObject({ groups: [{ name: "jakarta/ops" }] });
      expect(passed(doctor).stdout).toMatch(/state.*knows 1 group/);
      expect(JSON.parse(passed(schema).stdout)).toHaveProperty("$schema");
      const json = passed(await repository.pulumi("preview", "--stack", "prod", "--json"));
      repository.write("preview.json", json.stdout);
      expect(passed(await repository.npx("rollcall", "report", "preview.json")).stdout).toMatch(/nobody is removed/);
    });

    test("another version of the package goes on with the state as it is", async () => {
      install(repository.dir, pack(join(dir, "../next"), "99.0.0"));
      expect(passed(await repository.rollcall("--version")).stdout).toBe("99.0.0\n");
      expect(passed(await repository.npx("rollcall", "init")).stdout).not.toMatch(/written/);
      expect((await preview(repository)).out).toMatch(/2 unchanged/);
      passed(await repository.pulumi("refresh", "--stack", "prod", "--yes"));
      await repository.join("6591112244");
      expect((await preview(repository)).out).toMatch(/6591112244\s*: "never declared"/);
      await up(repository);
      expect(await repository.participants()).toEqual([ANA]);
      const asked = await repository.askedFor();
      passed(await repository.pulumi("destroy", "--stack", "prod", "--yes"));
      expect([await repository.askedFor(), await repository.participants()]).toEqual([asked, [ANA]]);
    });
  });

  /** Exported after the first `up` of the example by the version that they are named for. They are never made anew. */
  describe.each(readdirSync(join(__dirname, "fixtures")))("the state %s", (name) => {
    let repository: Repository;
    beforeAll(async () => {
      repository = await Repository.start(dir);
      const masked = name.includes("masked");
      const { settings, deployment } = JSON.parse(readFileSync(join(__dirname, "fixtures", name), "utf8")) as {
        settings: string;
        deployment: unknown;
      };
      expect(masked).toBe(settings.includes("display: masked"));
      repository.write("stacks/Pulumi.prod.yaml", settings.replaceAll("ENDPOINT", repository.cams.url));
      repository.write("state.json", JSON.stringify({ version: 3, deployment }));
      repository.declare("ana", "budi");
      passed(await repository.pulumi("stack", "init", "prod"));
      passed(await repository.pulumi("stack", "import", "--stack", "prod", "--file", "state.json"));
    });
    afterAll(() => repository.stop());

    test("is read as ever: nothing new to write, and whoever was there then is missed now", async () => {
      await repository.leave(STRANGER);
      const unchanged = await preview(repository);
      expect(unchanged.out).toMatch(/2 unchanged/);
      expect(unchanged.out).toMatch(/0 to remove, 0 awaiting/);
      await up(repository);
      passed(await repository.pulumi("refresh", "--stack", "prod", "--yes"));
      repository.declare("ana");
      await up(repository);
      expect(await repository.participants()).toEqual([ANA]);
    });
  });

  describe("somebody's own program in TypeScript", () => {
    let repository: Repository;
    beforeAll(async () => {
      // Below the folder where the package is installed, so that it is found as Node.js finds packages.
      mkdirSync(join(dir, "library"));
      for (const tool of ["typescript", "@types/node"]) {
        const place = join(dir, "node_modules", tool);
        if (!existsSync(place)) symlinkSync(join(ROOT, "node_modules", tool), place);
      }
      repository = await Repository.start(join(dir, "library"));
      repository.write("Pulumi.yaml", "name: own\nruntime: nodejs\nstackConfigDir: stacks\n");
      repository.write(
        "stacks/Pulumi.prod.yaml",
        `config:\n  rollcall:endpoint: ${repository.cams.url}\n  rollcall:confirmTimeoutMs: 2000\n`,
      );
      passed(await repository.pulumi("stack", "init", "prod"));
    });
    afterAll(() => repository.stop());

    const program = (members: string) => `import * as pulumi from "@pulumi/pulumi";
import { ChatGroupParticipants, type ChatGroupParticipantsArgs } from "cams-rollcall";

const account = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const args: ChatGroupParticipantsArgs = { group: "EA93UU0042", ...account, members: ${members} };
const ops = new ChatGroupParticipants("ops", args);
export const participants: pulumi.Output<string> = ops.participants;
export const members: pulumi.Output<Record<string, string>> = ops.members;
// @ts-expect-error a name is a text
export const wrong: ChatGroupParticipantsArgs = { ...args, members: { "+62 812 3456 7801": 1 } };
`;
    const both = `{ "+62 812 3456 7801": pulumi.output("Ana"), "+62 812 3456 7802": "Budi" }`;
    const configure = (options: object) => {
      const strict = { strict: true, skipLibCheck: false, target: "es2022", types: ["node"], ...options };
      repository.write("tsconfig.json", JSON.stringify({ compilerOptions: strict, files: ["index.ts"] }));
    };

    test.each([
      ["the classic one of Node.js", { module: "commonjs", moduleResolution: "node10" }],
      ["node16", { module: "node16", moduleResolution: "node16" }],
    ])("its types are found by the resolution %s, and tell a wrong argument", async (_name, options) => {
      repository.write("index.ts", program(both));
      configure({ ...options, noEmit: true });
      const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
      expect(await repository.run(process.execPath, [compiler, "-p", "tsconfig.json"])).toMatchObject({
        code: 0,
        out: "",
      });
    });

    test("previews, removes whom it drops, refreshes, and removes nobody when it is destroyed", async () => {
      configure({ module: "commonjs", moduleResolution: "node10", skipLibCheck: true });
      repository.write("index.ts", program(both));
      await up(repository);
      const outputs = passed(await repository.pulumi("stack", "output", "--stack", "prod", "--json")).stdout;
      expect(JSON.parse(outputs)).toMatchObject({ participants: `${ANA} ${BUDI} ${STRANGER}` });
      repository.write("index.ts", program(`{ "+62 812 3456 7801": "Ana" }`));
      expect((await preview(repository)).out).toMatch(
        new RegExp(`${BUDI}: "dropped from roster"[^]*${STRANGER}\\s*: "never declared"`),
      );
      expect(await repository.askedFor()).toEqual([]);
      await up(repository);
      expect(await repository.participants()).toEqual([ANA]);
      const asked = await repository.askedFor();
      expect((await preview(repository)).out).toMatch(/2 unchanged/);
      passed(await repository.pulumi("refresh", "--stack", "prod", "--yes"));
      passed(await repository.pulumi("destroy", "--stack", "prod", "--yes"));
      expect([await repository.askedFor(), await repository.participants()]).toEqual([asked, [ANA]]);
    });
  });
});
