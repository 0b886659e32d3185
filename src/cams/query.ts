/** What all calls of one kind have in their query. Parameters that are not given are left out, never sent empty. */
import type { Account, GroupRef, GroupTexts } from "./types";

export function accountQuery(account: Account): Record<string, string> {
  return { BusinessNumber: account.businessNumber, CustSpaceId: account.custSpaceId, ChannelType: account.channelType };
}

export function groupQuery(ref: GroupRef): Record<string, string> {
  return { ...accountQuery(ref), GroupId: ref.group };
}

/** An empty Subject would be refused. */
export function textQuery({ subject, description }: GroupTexts): Record<string, string> {
  return {
    ...(subject === undefined ? {} : { Subject: subject }),
    ...(description === undefined ? {} : { Description: description }),
  };
}

export function pageQuery(index: number, size: number): Record<string, string> {
  return { Page: JSON.stringify({ Index: index, Size: size }) };
}

/** A number as CAMS lists people who can be removed or written to: digits only. Anything else is a row without a number. */
export const PLAIN_NUMBER = /^\d{5,15}$/;
