import type { EmulatorOptions, Seed } from "../../../src/emulator";
import { businessNumber, custSpaceId, groupId, local, type Body, type Local } from "../client";

/** A local CAMS with a template, whose clock goes on only when it is told to. */
export const ana = "628110000001";
export const budi = "628110000002";
export const link = "https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA";
export const template = {
  code: "1119000000000000001",
  name: "group_invitation",
  language: "en",
  body: "Hello $(name), join $(group): $(link)",
};
export const parameters = { name: "Ana", group: "Ops", link };
export const text = `Hello Ana, join Ops: ${link}`;

export const messageSeed: Seed = {
  businessNumbers: {
    [businessNumber]: { custSpaceId, groups: [{ groupId, inviteLink: link }], templates: [template] },
  },
};

export interface Timed extends Local {
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => void;
}

export async function timed(options: EmulatorOptions = {}): Promise<Timed> {
  let offset = 0;
  const begun = Date.now();
  // The official client signs by the machine's clock, so this one may differ by some minutes only.
  const cams = await local({ seed: messageSeed, clock: () => begun + offset, ...options });
  return {
    ...cams,
    pass: (ms) => {
      offset += ms;
    },
  };
}

/** Sends the template; `more` adds parameters of the call, changes them, or leaves them out. */
export function invite(cams: Local, to = ana, more: Record<string, string | undefined> = {}): Promise<Body> {
  const query: Record<string, string | undefined> = {
    ChannelType: "whatsapp",
    Type: "template",
    From: businessNumber,
    To: to,
    TemplateCode: template.code,
    Language: "en",
    TemplateParams: JSON.stringify(parameters),
    ...more,
  };
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return cams.send("SendChatappMessage", Object.fromEntries(given));
}

/** One page of the list of messages. */
export async function listed(cams: Local, filters: Record<string, string> = {}): Promise<Body[]> {
  const query = { ChannelType: "whatsapp", Page: '{"Index":1,"Size":50}', ...filters };
  const body = await cams.send("ListChatappMessage", query);
  if (body.Code !== "OK") throw new Error(JSON.stringify(body));
  return body.Data as Body[];
}

export async function inbox(cams: Local, number = ana): Promise<Body[]> {
  return (await cams.control("GET", `inbox/${number}`)).json as unknown as Body[];
}
