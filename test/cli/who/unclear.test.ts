import { unclear } from "../../../src/cli/who/unclear";

const LISTED = { kind: "listed", groups: [], byId: new Map() } as const;
const NOT_LISTED = { kind: "not listed", why: "ListChatGroup: unreachable" } as const;
const LACKING =
  ". CAMS did not list the groups of the account, so their subjects are not known: ListChatGroup: unreachable";

test.each([
  ["nothing, all subjects known", "nothing", [LISTED], false, "why"],
  ["nothing, some subjects unknown", "nothing", [LISTED, NOT_LISTED], true, `why${LACKING}`],
  ["several, some subjects unknown", "several", [NOT_LISTED], false, `why${LACKING}`],
  ["a wrong word, some subjects unknown", "wrong word", [NOT_LISTED], false, `why${LACKING}`],
] as const)("%s", (_, because, seen, isFailure, message) => {
  const accounts = new Map(seen.map((one, at) => [`account ${at}`, one]));
  expect(unclear({ kind: "unclear", because, why: "why" }, accounts)).toEqual({ isFailure, message });
});
