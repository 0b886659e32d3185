// The program that Pulumi runs is Rollcall's own. Node.js finds the package from here wherever npm, pnpm or Yarn put it.
module.exports = require("cams-rollcall/program");
