import { describeProgram, goProgram, startProgram } from "./program";
import { conformance } from "./suite";

describeProgram("Go core", goProgram(), (command) => {
  describe("by ACS3-HMAC-SHA256", () => conformance(() => startProgram(command), {}, { untyped: true }));
  describe("by the old RPC signature", () =>
    conformance(() => startProgram(command), { signatureAlgorithm: "v2" }, { untyped: true }));
});
