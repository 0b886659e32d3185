import { applySplices } from "../../../src/people/yaml/splice";

const splice = (start: number, end: number, text: string) => ({ start, end, text });

test("splices are applied where they are, in whatever order they come", () => {
  expect(applySplices("0123456789", [splice(8, 8, "b"), splice(2, 4, ""), splice(2, 2, "a")])).toBe("01a4567b89");
});

test("two that overlap are refused", () => {
  expect(() => applySplices("0123456789", [splice(2, 5, ""), splice(4, 6, "")])).toThrow("overlap");
});
