import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { passed } from "../../runs";
import type { World } from "./world";

/** Makes the world's project somebody's own, with this package as a dependency. Its program is `index.js`. */
export async function installInto(world: World): Promise<void> {
  rmSync(join(world.dir, "node_modules"));
  mkdirSync(join(world.dir, "node_modules/cams-rollcall"), { recursive: true });
  for (const name of ["dist", "package.json"]) {
    cpSync(join(world.dir, name), join(world.dir, "node_modules/cams-rollcall", name), { recursive: true });
    rmSync(join(world.dir, name), { recursive: true });
  }
  const installed = join(__dirname, "../../../node_modules");
  symlinkSync(installed, join(world.dir, "node_modules/cams-rollcall/node_modules"));
  symlinkSync(join(installed, "@pulumi"), join(world.dir, "node_modules/@pulumi"));
  world.write("package.json", '{ "name": "somebodys-own", "private": true }');
  world.write("Pulumi.yaml", "name: own\nruntime: nodejs\nstackConfigDir: stacks\n");
  passed(await world.pulumi(["stack", "init", "test"]));
  world.configure({ businessNumber: undefined, custSpaceId: undefined });
}
