/**
 * The provider's text, as the state of every resource holds it. Pulumi's own way would serialise the whole provider by
 * value into each resource, twice: 6.5 kB a group, and old code would stay in use from the state. This line instead
 * loads the package that is installed in the program's folder. So state stays small, and the code that runs is the code
 * that is reviewed. The line must never change: state of every release holds it.
 */
export const PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("cams-rollcall/provider")';
