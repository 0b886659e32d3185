import { keyFor } from "../../src/people/keys";
import { KEY_PATTERN } from "../../src/roster/check/shape";

test.each([
  ["Ana", "ana"],
  ["Budi  Santoso", "budi-santoso"],
  ["Žofie O'Neill", "žofie-o-neill"],
  ["Zo\u0308e", "zöe"],
  ["李小龙", "李小龙"],
  ["김 철수", "김-철수"],
  ["-- Ana --", "ana"],
  ["__proto__", "proto"],
  ["007", "person-007"],
  ["😀", "person-e-1"],
  ["x".repeat(90), "x".repeat(40)],
])("%s → %s", (name, key) => {
  expect(keyFor(name, "E-1", new Set())).toBe(key);
  expect(key).toMatch(KEY_PATTERN);
});

test("where somebody has the key, the id goes behind it; then a number", () => {
  expect(keyFor("Ana", "E-1", new Set(["ana"]))).toBe("ana-e-1");
  expect(keyFor("Ana", "E-1", new Set(["ana", "ana-e-1"]))).toBe("ana-e-1-2");
  expect(keyFor("Ana", "*", new Set(["ana"]))).toBe("ana-2");
  const long = keyFor("x".repeat(90), "y".repeat(128), new Set(["x".repeat(40)]));
  expect(long).toBe(`${"x".repeat(40)}-${"y".repeat(19)}`);
  expect(long).toMatch(KEY_PATTERN);
});
