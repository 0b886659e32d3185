import type { Json } from "../wire/reply";
import { optional, type Call } from "./call";
import { spaceOf } from "./space";

/**
 * QueryChatappPhoneNumbers: the business numbers of a CustSpaceId, in PhoneNumbers beside Code. The filter Status is documented
 * with the example `VERIFIED`, which is a CodeVerificationStatus: either of the two may equal it.
 */
export function queryChatappPhoneNumbers(call: Call): Json {
  const status = optional(call, "Status");
  const rows = spaceOf(call).map(({ number, sender }) => ({
    CodeVerificationStatus: "VERIFIED",
    IsOfficial: sender.official ? "Y" : "N",
    MessagingLimitTier: sender.tier,
    NameStatus: "Approval",
    PhoneNumber: number,
    QualityRating: sender.quality,
    Status: sender.status,
    VerifiedName: "Rollcall",
  }));
  const wanted = rows.filter((row) => [undefined, row.Status, row.CodeVerificationStatus].includes(status));
  return { PhoneNumbers: wanted };
}
