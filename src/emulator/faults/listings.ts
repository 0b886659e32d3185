import { asked } from "../operations/page";
import type { Json } from "../wire/reply";
import type { Fault, Strike } from "./strike";

/** Listings that are not what the group is. The group itself is not changed. */
const participants = ["ListChatGroupParticipants"];
const listings = [...participants, "ListChatGroup"];
const odd = { meaning: "what stands in ParticipantNumber", byDefault: "" };

interface Listing {
  readonly Total: number;
  readonly List: readonly Json[];
}

type Edit = (listing: Listing, value: Strike["value"]) => { Total?: unknown; List?: unknown };

/** Carries the call out and changes what its answer says. */
function edited(family: Omit<Fault, "family" | "strike">, edit: Edit): Fault {
  return {
    family: "listings",
    ...family,
    strike: ({ apply, value }) => {
      const reply = apply();
      const listing = listingOf(reply.content);
      if (listing === undefined) return { kind: "reply", reply };
      const Data = { ...listing, ...edit(listing, value) };
      return { kind: "reply", reply: { ...reply, content: { ...(reply.content as Json), Data } } };
    },
  };
}

/** Another row in place of the first; the only one, where there is none. */
function firstRow(row: (value: Strike["value"]) => Json): Edit {
  return ({ Total, List }, value) => ({ Total: Math.max(1, Total), List: [row(value), ...List.slice(1)] });
}

function listingOf(content: Json | string): Listing | undefined {
  return typeof content === "string" ? undefined : (content.Data as Listing | undefined);
}

export const listingFaults = {
  "row-empty": edited(
    { summary: "the first row's ParticipantNumber is empty (somebody with a username)", actions: participants },
    firstRow(() => ({ ParticipantNumber: "" })),
  ),
  "row-bsuid": edited(
    {
      summary: "the first row holds a business-scoped user id in place of the number",
      actions: participants,
      value: { ...odd, byDefault: "US.13491208655302741918" },
    },
    firstRow((value) => ({ ParticipantNumber: String(value) })),
  ),
  "row-missing-number": edited(
    { summary: "the first row has no ParticipantNumber at all", actions: participants },
    firstRow(() => ({})),
  ),
  "row-plus": edited({ summary: "the numbers come with a plus", actions: participants }, ({ List }) => ({
    List: List.map((row) => ({ ParticipantNumber: `+${String(row.ParticipantNumber)}` })),
  })),
  "rows-duplicate": edited(
    { summary: "the first row comes twice, in place of the last; Total is the true one", actions: listings },
    ({ List }) => ({ List: List.length < 2 ? [...List, ...List] : [List[0], ...List.slice(0, -1)] }),
  ),
  "row-withheld": edited(
    { summary: "the last row is missing, and Total is one lower: nothing in the answer shows it", actions: listings },
    ({ Total, List }) => ({ Total: Math.max(0, Total - 1), List: List.slice(0, -1) }),
  ),
  "list-empty": edited({ summary: "no rows and Total 0, as if nobody were there", actions: listings }, () => ({
    Total: 0,
    List: [],
  })),
  "list-missing": edited({ summary: "Data without List", actions: listings }, () => ({ List: undefined })),
  "total-more": edited({ summary: "Total is one more than there are rows", actions: listings }, ({ Total }) => ({
    Total: Total + 1,
  })),
  "total-less": edited({ summary: "Total is one less than there are rows", actions: listings }, ({ Total }) => ({
    Total: Math.max(0, Total - 1),
  })),
  "total-missing": edited({ summary: "Data without Total", actions: listings }, () => ({ Total: undefined })),
  "total-changes": edited(
    { summary: "a page after the first tells another Total than the first did", actions: listings, laterPages: true },
    ({ Total }) => ({ Total: Total + 1 }),
  ),
  "page-empty": edited(
    { summary: "a page after the first has no rows; Total is the true one", actions: listings, laterPages: true },
    () => ({ List: [] }),
  ),
  "page-clamped": {
    family: "listings",
    summary: "pages hold fewer rows than were asked for, though there are more; Total is the true one",
    actions: listings,
    value: { meaning: "most rows of a page", byDefault: 2 },
    strike: ({ apply, params, value }) => {
      const { Index, Size } = asked(params);
      const Page = JSON.stringify({ Index, Size: Math.min(Size, Math.max(1, Number(value))) });
      return { kind: "reply", reply: apply({ params: { Page } }) };
    },
  },
  "page-repeated": {
    family: "listings",
    summary: "a page after the first is the first page again",
    actions: listings,
    laterPages: true,
    strike: ({ apply, params }) => {
      const Page = JSON.stringify({ ...asked(params), Index: 1 });
      return { kind: "reply", reply: apply({ params: { Page } }) };
    },
  },
  "page-unstable": {
    family: "listings",
    summary: "a page after the first starts one row too early, as if somebody had come in before it",
    actions: listings,
    laterPages: true,
    strike: ({ apply, params }) => {
      const { Index, Size } = asked(params);
      const Page = JSON.stringify({ Index: 1, Size: Index * Size });
      const reply = apply({ params: { Page }, manner: { pageLimit: Number.MAX_SAFE_INTEGER } });
      const listing = listingOf(reply.content);
      if (listing === undefined) return { kind: "reply", reply };
      const from = (Index - 1) * Size - 1;
      const Data = { ...listing, List: listing.List.slice(from, from + Size) };
      return { kind: "reply", reply: { ...reply, content: { ...(reply.content as Json), Data } } };
    },
  },
} as const satisfies Record<string, Fault>;
