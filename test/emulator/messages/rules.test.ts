import {
  deliveredBy,
  failedBy,
  filled,
  fitsVariable,
  readBy,
  statusOf,
  variablesOf,
} from "../../../src/emulator/messages/rules";
import type { Message } from "../../../src/emulator/messages/types";

const message: Message = {
  messageId: "m1",
  uniqueMessageId: "u1",
  to: "628110000001",
  template: "t1",
  language: "en",
  parameters: {},
  text: "Hello",
  at: 100,
  listed: 100,
  delivered: 200,
  read: null,
};

describe("the variables of a template", () => {
  it.each([
    ["Hello $(name), join $(group) by $(link)", ["name", "group", "link"]],
    ["$(name) and $(name)", ["name"]],
    ["no variable: $name $() $( name ) (name) ${name}", []],
    ["$(__proto__)$(a.b-c)", ["__proto__", "a.b-c"]],
  ])("are found in %j", (body, names) => {
    expect(variablesOf(body)).toEqual(names);
  });

  it("are replaced everywhere, and what stands in their place is taken as it is", () => {
    expect(filled("$(a) $(b) $(a)", { a: "$(b) $& $1", b: "2" })).toBe("$(b) $& $1 2 $(b) $& $1");
    expect(filled("$(a) $(constructor)", { a: "1" })).toBe("1 $(constructor)");
  });

  it.each([
    ["Ana", true],
    ["Ana    B", true],
    ["", false],
    ["  ", false],
    ["a\nb", false],
    ["a\tb", false],
    ["a     b", false],
  ])("may have the value %j: %s", (value, fits) => {
    expect(fitsVariable(value)).toBe(fits);
  });
});

describe("the status of a message", () => {
  it.each([
    [{}, 199, "sent"],
    [{}, 200, "delivered"],
    [{ read: 300 }, 299, "delivered"],
    [{ read: 300 }, 300, "read"],
    [{ delivered: null }, 9_999_999, "sent"],
    [{ delivered: null, failure: { at: 150, code: "131026" } }, 149, "sent"],
    [{ delivered: null, failure: { at: 150, code: "131026" } }, 150, "failed"],
  ])("of %j at %i is %s", (change, now, status) => {
    expect(statusOf({ ...message, ...change }, now)).toBe(status);
  });

  it("becomes read only once it is delivered, and once only", () => {
    expect(readBy(message, 199)).toBe(message);
    const read = readBy(message, 250);
    expect(read).toEqual({ ...message, read: 250 });
    expect(readBy(read, 260)).toBe(read);
  });

  it("becomes delivered or failed as long as it is neither", () => {
    expect(deliveredBy(message, 150)).toEqual({ ...message, delivered: 150 });
    expect(deliveredBy(message, 200)).toBe(message);
    const failed = failedBy(message, 150, "131026");
    expect(statusOf(failed, 9_999_999)).toBe("failed");
    expect(deliveredBy(failed, 300)).toBe(failed);
    expect(readBy(failed, 300)).toBe(failed);
    expect(failedBy(message, 200, "131026")).toBe(message);
  });
});
