import type { Command } from "commander";
import { clock, defaultCredential, now, today } from "../ambient";
import { accountKey, CamsError, type CamsReader, type GroupRef, type MessageReader } from "../cams";
import { checkupText, fail, type Finding, ok, warn } from "../report/checkup";
import { countProblems, loadRosters } from "../roster";
import { declare, type Declared } from "../run/desired";
import { exportLastRun } from "../run/export";
import type { LastRun } from "../run/last-run";
import { connect } from "../run/connect";
import { madeBefore } from "../run/desired";
import { checkSettings, rostersFolder } from "../run/prepare";
import { projectName } from "../run/stack-files";
import type { Settings } from "../settings";
import { maskNumber } from "../text/mask";
import { plural } from "../text/plural";
import { examineGroups, examineLimits, type Listed } from "./doctor/groups";
import { examineInvitations } from "./doctor/invitations";
import { unproved } from "./doctor/permissions";
import { EXIT } from "./exit";
import { chooseStack, live, stackOption, type Chosen } from "./live";
import { colours } from "./project";
import { readSettings } from "./settings";

const HELP = `
Looks only, at as few groups as will do: one listing of groups for each account, and the participants of one group. If
people are to be invited (rollcall:invitationTemplate), also at the template, the business number and one listing of
messages. It sends no message.

Exit codes: 0 nothing fails, 1 something does, 2 wrong arguments or settings.

Example:
  $ npx rollcall doctor --stack prod`;

/** `rollcall doctor`: whether a run would find everything it needs. */
export function doctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("credentials, endpoint, permission, group status, limits: one line each, with what to do")
    .addOption(stackOption())
    .addHelpText("after", HELP)
    .action((flags: { stack?: string }, command: Command) =>
      live(command, async (refuse) => {
        const findings = await examineStack(await chooseStack(flags.stack, refuse));
        process.stdout.write(checkupText(findings, { colour: colours() }));
        return findings.some(({ level }) => level === "fail") ? EXIT.failure : EXIT.clean;
      }),
    );
}

async function examineStack(chosen: Chosen): Promise<Finding[]> {
  const { root, stack, pulumiStack } = chosen;
  const settings = checkSettings(stack.name, await readSettings(root, stack, pulumiStack));
  const last = await exportLastRun(pulumiStack, { project: projectName(root), stack: stack.name }, root);
  const rosters = await examineRosters(chosen, settings, last);
  const { declared } = rosters;
  return [
    rosters.finding,
    examineState(last),
    ...(await examineCams(connect(settings, { clock, credential: defaultCredential }), declared, settings)),
    ...examineLimits(declared, settings),
  ];
}

async function examineRosters({ root, stack }: Chosen, settings: Settings, last: LastRun | undefined) {
  const loaded = await loadRosters(rostersFolder(root, stack.name, settings), { root, today: today() });
  const todo = `run \`rollcall validate --stack ${stack.name}\``;
  if (loaded.kind === "invalid")
    return { declared: [], finding: fail("rosters", countProblems(loaded.problems), todo) };
  const made = await madeBefore(loaded.rosters.rosters, Promise.resolve(last));
  const account = declare(loaded.rosters, settings, made);
  if (account.kind === "invalid") {
    return {
      declared: [],
      finding: fail("rosters", account.problems[0] ?? "", "set it for the stack, or in the roster"),
    };
  }
  const { declared } = account;
  const said = `${declared.length} of stack ${stack.name}`;
  const { problems } = loaded;
  return {
    declared,
    finding: problems.length > 0 ? warn("rosters", `${said}, ${countProblems(problems)}`, todo) : ok("rosters", said),
  };
}

function examineState(last: LastRun | undefined): Finding {
  return last === undefined
    ? warn(
        "state",
        "it can't be read, so nobody knows who was in the groups before, and nobody is removed",
        "log in to Pulumi, or create the stack with `pulumi stack init`",
      )
    : ok("state", `it knows ${plural(last.groups.size, "group")}`);
}

/** Checks in this order: connection, permission, groups, invitations. The first failure ends the checks, because later ones would fail too. */
async function examineCams(
  reader: CamsReader & MessageReader,
  declared: readonly Declared[],
  settings: Settings,
): Promise<Finding[]> {
  const { businessNumber, custSpaceId, channelType, display } = settings;
  const credentials = await examineCredentials();
  if (credentials.level === "fail") return [credentials];
  const own =
    businessNumber === undefined || custSpaceId === undefined ? [] : [{ businessNumber, custSpaceId, channelType }];
  const refs = declared.map(({ ref }) => ref);
  const accounts = new Map([...own, ...refs].map((one) => [accountKey(one), one]));
  const listed = new Map<string, Listed>();
  for (const [key, account] of accounts) {
    try {
      const groups = await reader.listGroups(account);
      listed.set(key, new Map(groups.map((info) => [info.group, info])));
    } catch (error) {
      if (!(error instanceof CamsError)) throw error;
      return [credentials, ...whatFailed(error)];
    }
  }
  const endpoint = ok("endpoint", "CAMS answers");
  const first = refs.find((ref) => listed.get(accountKey(ref))?.has(ref.group) === true);
  const permission = await examinePermission(reader, first, unproved(declared));
  const show = display === "masked" ? maskNumber : (number: string) => number;
  const invitations = await examineInvitations(reader, declared, settings, { own, now: Date.parse(now()), show });
  return [credentials, endpoint, permission, ...examineGroups(declared, listed), ...invitations];
}

async function examineCredentials(): Promise<Finding> {
  try {
    await defaultCredential().getCredential();
    return ok("credentials", "found");
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return fail(
      "credentials",
      said,
      "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or give the machine a role",
    );
  }
}

/** The message of a CamsError ends with what to do. */
function whatFailed(error: CamsError): Finding[] {
  const reached = ok("endpoint", "CAMS answers");
  switch (error.kind) {
    case "access":
      return [reached, fail("permission", error.message, "")];
    case "unreachable":
    case "stopped":
    case "engine gone":
    case "look too old":
    case "unknown outcome":
      return [fail("endpoint", error.message, "")];
    case "throttled":
    case "refused":
    case "unknown group":
      return [reached, fail("account", error.message, "")];
  }
}

/** @param open what can't be tried */
async function examinePermission(reader: CamsReader, ref: GroupRef | undefined, open: string): Promise<Finding> {
  if (ref === undefined) return ok("permission", `groups may be listed; ${open}`);
  try {
    await reader.listParticipants(ref);
    return ok("permission", `groups and participants may be listed; ${open}`);
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    return fail("permission", error.message, "");
  }
}
