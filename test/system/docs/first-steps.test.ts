import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { validateCommand } from "../../../src/cli/validate";
import { Project } from "../../cli/project";
import { blocksIn, read, root } from "./markdown";

/** The block of the README that has a command, which is there once. */
function blockWith(command: string): string {
  const [block, ...others] = blocksIn(read("README.md")).filter(({ text }) => text.includes(command));
  if (block === undefined || others.length > 0) throw new Error(`the README should say once: ${command}`);
  return block.text;
}

describe("after the README's first steps, beside the stacks that are there, all rosters are valid", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    for (const path of ["stacks/Pulumi.demo.yaml", "stacks/demo", "stacks/Pulumi.example.yaml", "stacks/example"])
      cpSync(join(root, path), join(project.root, path), { recursive: true });
    const begin = blockWith("stacks/example stacks/prod");
    execFileSync("bash", ["-euc", `npx() { :; }\n${begin}`], { cwd: project.root });
  });
  afterEach(() => project.remove());

  async function isValid(): Promise<void> {
    const { code, out, err } = await project.run(validateCommand, "validate");
    expect([out, code]).toEqual(["", 0]);
    expect(err).toMatch(/^\d+ rosters of demo, example, prod: no problems\n$/);
  }

  test("when the stack was begun from the example", isValid);

  test("when it is aimed at a local CAMS", async () => {
    const [, url = ""] = /config set rollcall:endpoint (\S+) --stack prod/.exec(blockWith("config set")) ?? [];
    expect(url).toMatch(/^http:/);
    execFileSync("sed", ["-i.bak", `s#rollcall:endpoint: .*#rollcall:endpoint: ${url}#`, "stacks/Pulumi.prod.yaml"], {
      cwd: project.root,
    });
    await isValid();
  });
});
