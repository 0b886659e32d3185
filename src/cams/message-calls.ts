/** The four operations on messages, on the client's two ways: one that looks, and the one that changes anything. */
import { CamsError } from "./errors";
import { field } from "./fields";
import { eachOnce, toMessageInfo, toNumberInfo, toTemplateInfo } from "./message-rows";
import { groupQuery, pageQuery, PLAIN_NUMBER } from "./query";
import type { Answer } from "./transport";
import type { Account, Look, MessageInfo, MessageReader, MessageWriter, TemplateMessage } from "./types";

/** How the client calls CAMS. */
export interface Ways {
  /** Looks; tried again after whatever may pass. */
  readonly read: (operation: string, query: Record<string, string>, group: string | undefined) => Promise<Answer>;
  /** Changes something, if the run's authority and the look allow it; sent again only after throttling. */
  readonly write: (
    operation: string,
    query: Record<string, string>,
    group: string | undefined,
    look: { readonly by: Look; readonly of: Record<string, string> },
  ) => Promise<Answer>;
}

/** Rows a page. The largest that CAMS gives is not documented. */
const MESSAGES_PAGE = 100;
/** A listing longer than this is not read to its end. */
const MOST_PAGES = 300;

/** CAMS's code for a template that it does not know, with HTTP 400 (Alibaba Cloud, "API error codes"). */
const UNKNOWN_TEMPLATE = "DetailError.TemplateNotExist";

export function messageCalls({ read, write }: Ways): MessageReader & MessageWriter {
  return {
    async listMessages(account, { template, since, to }) {
      if (template === "") throw new RangeError("a listing of messages names a template");
      if (!Number.isSafeInteger(since) || since < 0) {
        throw new RangeError(`a listing of messages begins at a time in milliseconds since 1970, not at ${since}`);
      }
      if (to !== undefined && !PLAIN_NUMBER.test(to)) {
        throw new RangeError("a listing of messages names a person by plain digits");
      }
      const query = {
        ...{ BusinessNumber: account.businessNumber, CustSpaceId: account.custSpaceId, ChannelType: channel(account) },
        ...{ TemplateCode: template, StartTime: String(since), EventAction: "DOWN" },
        ...(to === undefined ? {} : { UserNumber: to }),
      };
      const messages: MessageInfo[] = [];
      for (let index = 1; index <= MOST_PAGES; index++) {
        const rows = rowsOf(await read(LIST, { ...query, ...pageQuery(index, MESSAGES_PAGE) }, undefined));
        for (const row of rows) {
          const message = toMessageInfo(row);
          if (message !== undefined && isAskedFor(message, template, to)) messages.push(message);
        }
        if (rows.length < MESSAGES_PAGE) return eachOnce(messages);
      }
      throw doubtful(
        `more than ${MOST_PAGES} pages of ${MESSAGES_PAGE} messages were listed. Use a template that sends nothing but invitations`,
      );
    },

    async template(account, code, language) {
      const query = { TemplateCode: code, Language: language, CustSpaceId: account.custSpaceId };
      try {
        const type = account.channelType.toUpperCase();
        const answer = await read("GetChatappTemplateDetail", { ...query, TemplateType: type }, undefined);
        return toTemplateInfo(answer.data);
      } catch (error) {
        if (error instanceof CamsError && error.kind === "refused" && error.failure.code === UNKNOWN_TEMPLATE) {
          return undefined;
        }
        throw error;
      }
    },

    async businessNumber(account) {
      const answer = await read("QueryChatappPhoneNumbers", { CustSpaceId: account.custSpaceId }, undefined);
      return toNumberInfo(answer.beside.PhoneNumbers, account.businessNumber);
    },

    async sendMessage(ref, message, look) {
      check(message, ref);
      const query = {
        ...{ ChannelType: channel(ref), CustSpaceId: ref.custSpaceId, Type: "template" },
        ...{ From: ref.businessNumber, To: message.to, TemplateCode: message.template, Language: message.language },
        ...(Object.keys(message.parameters).length === 0 ? {} : { TemplateParams: JSON.stringify(message.parameters) }),
      };
      const answer = await write("SendChatappMessage", query, ref.group, { by: look, of: groupQuery(ref) });
      return { requestId: answer.requestId, messageId: field(answer.beside, "MessageId") ?? "" };
    },
  };
}

const LIST = "ListChatappMessage";

/** A filter that CAMS does not apply must not bring other messages in. A row without a TemplateCode contradicts nothing. */
const isAskedFor = (message: MessageInfo, template: string, to: string | undefined): boolean =>
  ["", template].includes(message.template) && (to ?? message.to) === message.to;

/** Messages want the channel in lower case, groups and templates in upper case. */
const channel = (account: Account): string => account.channelType.toLowerCase();

/** `Data` is the list itself. It is left out when nothing is listed, as far as is known. */
function rowsOf({ data }: Answer): readonly unknown[] {
  if (data === undefined || data === null) return [];
  if (!Array.isArray(data)) throw doubtful("Data is no list of messages");
  return data;
}

function doubtful(why: string): CamsError {
  return new CamsError({
    ...{ operation: LIST, group: undefined, kind: "refused", code: "DoubtfulListing" },
    ...{ metaCode: undefined, httpStatus: undefined, requestId: undefined },
    detail: `the listing is not provably whole: ${why}`,
  });
}

/** A request that makes no sense is a fault of this program, and is never sent. */
function check({ to, template, language }: TemplateMessage, { businessNumber }: Account): void {
  if (!PLAIN_NUMBER.test(to) || to === businessNumber) {
    throw new RangeError("a message names a person by plain digits, and never the business number");
  }
  if (template === "" || language === "") throw new RangeError("a message names a template and its language");
}
