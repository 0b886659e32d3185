import { textsOf } from "../../../src/cli/dump/texts";

const texts = (subject: string, description = "") => textsOf({ group: "A", subject, description }, true).keys;

test.each([
  ["128 characters", "x".repeat(128), ["subject"]],
  ["128 characters of two code units each", "😀".repeat(128), ["subject"]],
  ["129 characters", "x".repeat(129), []],
  ["a blank at the end", "Ops ", []],
  ["a blank at the beginning", " Ops", []],
  ["none", "", []],
  ["an escape", "a\u001b[31m", []],
  ["half of a character", "a\ud83d", []],
  ["two lines", "a\nb", []],
])("a subject that a roster can say becomes a key: %s", (_, subject, keys) => {
  expect(texts(subject)).toEqual(keys);
});

test.each([
  ["several lines", "a\n\nb ", ["subject", "description"]],
  ["2,048 characters", "x".repeat(2_048), ["subject", "description"]],
  ["2,049 characters", "x".repeat(2_049), ["subject"]],
  ["none", "", ["subject"]],
  ["what turns the direction of writing", "a\u202eb", ["subject"]],
])("so does a description: %s", (_, description, keys) => {
  expect(texts("Ops", description)).toEqual(keys);
});

test("a description alone is no key: a roster takes it beside a subject only", () => {
  expect(texts("Ops ", "d")).toEqual([]);
});

test("unless it is asked for, the subject is all that is told", () => {
  expect(textsOf({ group: "A", subject: "Ops", description: "d" }, false)).toEqual({
    ...{ group: "A", subject: "Ops", description: "", keys: [] },
  });
});
