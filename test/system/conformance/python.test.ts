import { describeProgram, pythonProgram, startProgram } from "./program";
import { conformance } from "./suite";

describeProgram("typed Python SDK", pythonProgram(), (command) => {
  describe("by ACS3-HMAC-SHA256", () => conformance(() => startProgram(command), {}, { untyped: false }));
  describe("by the old RPC signature", () =>
    conformance(() => startProgram(command), { signatureAlgorithm: "v2" }, { untyped: false }));
});
