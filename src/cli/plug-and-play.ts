/**
 * Yarn's Plug'n'Play. Pulumi starts the programs of Node.js without it, and some dependencies can't be loaded under it. So
 * the command ends here, in words, before anything else is loaded: this is the first import of main.ts.
 */
export const WITHOUT_PLUG_AND_PLAY =
  "put `nodeLinker: node-modules` into .yarnrc.yml and run yarn install: Pulumi can't run programs under Yarn's Plug'n'Play";

if (process.versions.pnp !== undefined) {
  process.stderr.write(`rollcall: ${WITHOUT_PLUG_AND_PLAY}\n`);
  process.exit(1);
}
