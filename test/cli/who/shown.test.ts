import { shownSubject } from "../../../src/cli/who/shown";
import { maskNumber } from "../../../src/text/mask";
import { full } from "../../membership/world";

test.each([
  ["Join https://chat.whatsapp.com/AbC_123?x=1 now", "Join [invite link] now"],
  ["CHAT.whatsapp.com/AbC", "[invite link]"],
  ["Call +62 811 0000 001", "Call +62 811 0000 001"],
])("%s is shown as %s", (subject, shown) => expect(shownSubject(subject, full)).toBe(shown));

test("numbers in subjects are masked where numbers are", () => {
  expect(shownSubject("Call +62 811 0000 001, shift 2", maskNumber)).toBe("Call +62 81• •••• •01, shift 2");
});
