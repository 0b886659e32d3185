import { textOf } from "../../src/people/text";

const TEXT = "id,name\nE-1,Žofie 李\n";
const bytes = (...parts: (readonly number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const le = (text: string) => Buffer.from(text, "utf16le");
const be = (text: string) => Buffer.from(text, "utf16le").swap16();

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf], Buffer.from(TEXT))],
  ["UTF-16 LE with a byte order mark", bytes([0xff, 0xfe], le(TEXT))],
  ["UTF-16 BE with a byte order mark", bytes([0xfe, 0xff], be(TEXT))],
])("%s is read", (_, given) => {
  expect(textOf(given)).toEqual({ kind: "ok", value: TEXT });
});

test.each([
  ["Latin-1", Buffer.from("id,name\nE-1,Jürgen\n", "latin1"), [], /neither UTF-8 nor UTF-16/],
  ["a torn UTF-16 file", bytes([0xff, 0xfe], le(TEXT), [0x41]), [], /neither UTF-8 nor UTF-16/],
  ["UTF-16 without a mark", le("id,name\nE-1,Ana\n"), [1], /NUL characters.*UTF-16/],
  ["an Excel workbook", bytes([0x50, 0x4b, 0x03, 0x04], [0, 1]), [], /Excel workbook/],
])("%s is refused by name", (_, given, lines, message) => {
  const read = textOf(given);
  expect(read).toMatchObject({
    kind: "refused",
    faults: [
      { lines, message: expect.stringMatching(message) as string, hint: expect.stringContaining("UTF-8") as string },
    ],
  });
});

test("the line of a NUL is told", () => {
  expect(textOf(Buffer.from("a\nb\nc\0"))).toMatchObject({ faults: [{ lines: [3] }] });
});
