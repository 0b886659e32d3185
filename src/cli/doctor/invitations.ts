/** What `doctor` finds about invitations: the template, the sender's number, and who has no consent. It sends nothing. */
import { accountKey, CamsError, unlessCams, type Account, type MessageReader } from "../../cams";
import type { NumberInfo, TemplateInfo } from "../../cams/types";
import { objectionsToNumber, objectionsToTemplate, type Seen } from "../../invitations/guards/may-be-sent";
import type { InviteTemplate, InviteWish } from "../../invitations/types";
import { nameOf } from "../../membership/guards";
import { fail, type Finding, ok, subjectOf, warn } from "../../report/checkup";
import type { Declared } from "../../run/desired";
import { inviteWishOf } from "../../run/invite-wish";
import { seenIn } from "../../run/may-invite";
import type { Settings } from "../../settings";
import { quote } from "../../text/clean";
import { plural } from "../../text/plural";

export interface ExamineInvitations {
  /** The account of the settings, if they name one: for rosters that can't be read. */
  readonly own: readonly Account[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Writes a number as people may see it. */
  readonly show: (number: string) => string;
}

interface Inviting extends Declared {
  readonly invite: InviteWish;
}

/** @returns nothing without a template: then nobody is invited */
export async function examineInvitations(
  reader: MessageReader,
  declared: readonly Declared[],
  settings: Settings,
  { own, now, show }: ExamineInvitations,
): Promise<Finding[]> {
  const template = inviteWishOf(settings)?.template;
  if (template === undefined) return [];
  const inviting = declared.filter((one): one is Inviting => one.invite !== undefined);
  if (declared.length > 0 && inviting.length === 0)
    return [ok("invitations", "every roster says `invite: false`, so nobody is invited")];
  const refs: readonly Account[] = declared.length === 0 ? own : inviting.map(({ ref }) => ref);
  const findings: Finding[] = [];
  for (const account of new Map(refs.map((ref) => [accountKey(ref), ref])).values()) {
    const seen = await seenIn(() => reader.template(account, template.code, template.language));
    findings.push(...templateFindings(template, account, seen));
    findings.push(...numberFindings(account, await seenIn(() => reader.businessNumber(account))));
    findings.push(await examineMessages(reader, account, template.code, now));
  }
  return [...findings, ...consentFindings(inviting, settings, show)];
}

function templateFindings(
  template: InviteTemplate,
  { custSpaceId }: Account,
  seen: Seen<TemplateInfo>,
): readonly Finding[] {
  const objections = objectionsToTemplate(template, seen).map(({ message }) => fail("template", message, ""));
  if (seen.kind !== "seen") return objections;
  const { status, category, quality, variables } = seen.value;
  const what = `${quote(template.code)} in ${quote(template.language)} of ${custSpaceId}`;
  const facts = [`status ${status}`, `category ${category}`, ...qualityFact(quality)];
  const doubts = variableFindings(template, what, variables);
  const looks = `${what}: ${facts.join(", ")}`;
  if (quality === RED)
    return [
      ...objections,
      ...doubts,
      warn("template", looks, "Meta may pause it: see in the console what people report"),
    ];
  return objections.length + doubts.length > 0 ? [...objections, ...doubts] : [ok("template", looks)];
}

/** Ratings of Meta: GREEN, YELLOW, RED. */
const RED = "RED";
const qualityFact = (quality: string): readonly string[] => (quality === "" ? [] : [`quality ${quality}`]);

/** What the template does not have of what the settings give. What it has and the settings lack is an objection. */
function variableFindings(
  { parameters }: InviteTemplate,
  what: string,
  variables: TemplateInfo["variables"],
): readonly Finding[] {
  if (variables === undefined) {
    const todo = "compare them in the console of CAMS with rollcall:invitationParameters";
    return [warn("template", `the variables of ${what} can't be read`, todo)];
  }
  const idle = Object.keys(parameters).filter((name) => !variables.includes(name));
  if (idle.length === 0 || variables.every((name) => parameters[name] !== "link")) return [];
  const said = `${what} has no variable ${idle.map((name) => quote(name)).join(", ")}`;
  return [warn("template", said, "correct rollcall:invitationParameters")];
}

function numberFindings({ businessNumber }: Account, seen: Seen<NumberInfo>): readonly Finding[] {
  const objections = objectionsToNumber(businessNumber, seen).map(({ message }) => fail("number", message, ""));
  if (objections.length > 0 || seen.kind !== "seen") return objections;
  const { tier, quality, status } = seen.value;
  const facts = [
    "an Official Business Account",
    ...(tier === "" ? [] : [`limit ${tier} people in 24 hours`]),
    ...qualityFact(quality),
    ...(status === "" ? [] : [`status ${status}`]),
  ];
  const looks = `${businessNumber}: ${facts.join(", ")}`;
  return quality === RED
    ? [warn("number", looks, "Meta may lower its limit: see in the console what people report")]
    : [ok("number", looks)];
}

/** Whether a run could read what became of messages. What is listed does not matter here. */
async function examineMessages(
  reader: MessageReader,
  account: Account,
  template: string,
  now: number,
): Promise<Finding> {
  const listed = await reader.listMessages(account, { template, since: now }).catch(unlessCams);
  return listed instanceof CamsError
    ? fail("permission", listed.message, "")
    : ok("permission", "messages may be listed");
}

function consentFindings(
  inviting: readonly Inviting[],
  { requireConsent }: Settings,
  show: (number: string) => string,
): readonly Finding[] {
  if (!requireConsent) return [ok("consent", "not asked for, since rollcall:requireConsent is false")];
  const [people, lacking] = [new Set<string>(), new Map<string, string>()];
  for (const { desired, invite } of inviting) {
    for (const [number, name] of desired.members) {
      people.add(number);
      if (!invite.consent.has(number)) lacking.set(number, name);
    }
  }
  if (lacking.size === 0)
    return people.size === 0 ? [] : [ok("consent", `all ${plural(people.size, "person", "people")} declared have it`)];
  const who = subjectOf(
    [...lacking].map(([number, name]) => nameOf({ number, name }, show)),
    "people",
  );
  return [
    warn(
      "consent",
      `${who} ${lacking.size === 1 ? "has" : "have"} no consent on record, of ${plural(people.size, "person", "people")}`,
      "they are not invited until people.yaml, or their entry in the roster, has the day on which they agreed",
    ),
  ];
}
