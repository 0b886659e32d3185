import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { placeOf } from "../../../src/cli/init/place";
import { Project } from "../project";

let project: Project;
beforeEach(() => {
  project = new Project();
  project.delete("Pulumi.yaml");
});
afterEach(() => project.remove());

const BOTH = ["cams-rollcall", "@pulumi/pulumi"];
const installed = (folder: string, packages = BOTH) =>
  project.write(Object.fromEntries(packages.map((name) => [`${folder}/${name}/package.json`, "{}"])));

describe("where the package lies", () => {
  const place = (folder = "") => placeOf(join(project.root, folder));

  test("in the folder itself, or as npm hoists it out of a workspace", () => {
    installed("node_modules");
    mkdirSync(join(project.root, "teams/rosters"), { recursive: true });
    expect(place()).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: true });
    expect(place("teams/rosters").path).toBe("../../node_modules/cams-rollcall");
    // The nearest one counts, as for Node.js.
    installed("teams/rosters/node_modules", ["cams-rollcall"]);
    expect(place("teams/rosters")).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: true });
  });

  test("behind the links of pnpm, whose targets have the version in their paths", () => {
    const store = "node_modules/.pnpm/cams-rollcall@1.0.0/node_modules";
    installed(store);
    symlinkSync(join(project.root, store, "cams-rollcall"), join(project.root, "node_modules/cams-rollcall"));
    expect(place()).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: false });
  });

  test("nowhere, or where only Plug'n'Play finds it", () => {
    expect(place("not/there/yet")).toEqual({ kind: "missing", path: "node_modules/cams-rollcall", sdk: false });
    project.write({ ".pnp.cjs": "" });
    expect(place("not/there/yet").kind).toBe("plug-and-play");
    installed("node_modules");
    expect(place("not/there/yet").kind).toBe("installed");
  });
});
