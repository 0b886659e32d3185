import type { Command } from "commander";
import { clock, defaultCredential, today } from "../ambient";
import { CamsError, type CamsReader, type GroupInfo, type GroupRef } from "../cams";
import { checkupText, fail, type Finding, ok, warn } from "../report/checkup";
import { countProblems, loadRosters } from "../roster";
import { declare, type Declared } from "../run/desired";
import { exportLastRun } from "../run/export";
import { checkSettings, connect, rostersFolder } from "../run/prepare";
import { projectName } from "../run/stack-files";
import type { Settings } from "../settings";
import { plural } from "../text/plural";
import { examineGroups, examineLimits } from "./doctor/groups";
import { EXIT } from "./exit";
import { chooseStack, live, stackOption, type Chosen } from "./live";
import { colours } from "./project";
import { readSettings } from "./settings";

const HELP = `
Looks only, at as few groups as will do: one listing of groups for each account, and the participants of one group.

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
  const rosters = await examineRosters(chosen, settings);
  const { declared } = rosters;
  return [
    rosters.finding,
    await examineState(chosen),
    ...(await examineCams(connect(settings, { clock, credential: defaultCredential }), declared, settings)),
    ...examineLimits(declared, settings),
  ];
}

async function examineRosters({ root, stack }: Chosen, settings: Settings) {
  const loaded = await loadRosters(rostersFolder(root, stack.name, settings), { root, today: today() });
  const todo = `run \`rollcall validate --stack ${stack.name}\``;
  if (loaded.kind === "invalid")
    return { declared: [], finding: fail("rosters", countProblems(loaded.problems), todo) };
  const account = declare(loaded.rosters, settings);
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

async function examineState({ root, stack, pulumiStack }: Chosen): Promise<Finding> {
  const own = { project: projectName(root), stack: stack.name };
  const last = await exportLastRun(pulumiStack, own, root);
  return last === undefined
    ? warn(
        "state",
        "it can't be read, so nobody knows who was in the groups before, and nobody is removed",
        "log in to Pulumi, or create the stack with `pulumi stack init`",
      )
    : ok("state", `it knows ${plural(last.groups.size, "group")}`);
}

/** Asks from the outside in; what fails first hides what is behind it. */
async function examineCams(
  reader: CamsReader,
  declared: readonly Declared[],
  { businessNumber, custSpaceId, channelType }: Settings,
): Promise<Finding[]> {
  const credentials = await examineCredentials();
  if (credentials.level === "fail") return [credentials];
  const own =
    businessNumber === undefined || custSpaceId === undefined ? [] : [{ businessNumber, custSpaceId, channelType }];
  const refs = declared.map(({ ref }) => ref);
  const accounts = new Map([...own, ...refs].map((one) => [`${one.businessNumber} ${one.custSpaceId}`, one]));
  const groups = new Map<string, GroupInfo>();
  for (const account of accounts.values()) {
    try {
      for (const info of await reader.listGroups(account)) groups.set(info.group, info);
    } catch (error) {
      if (!(error instanceof CamsError)) throw error;
      return [credentials, ...whatFailed(error)];
    }
  }
  const endpoint = ok("endpoint", "CAMS answers");
  const first = refs.find(({ group }) => groups.has(group));
  return [credentials, endpoint, await examinePermission(reader, first), ...examineGroups(declared, groups)];
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

async function examinePermission(reader: CamsReader, ref: GroupRef | undefined): Promise<Finding> {
  const unproved =
    "whether people may be removed can't be tried without removing somebody, so look for cams:DeleteChatGroupParticipants in the policy";
  if (ref === undefined) return ok("permission", `groups may be listed; ${unproved}`);
  try {
    await reader.listParticipants(ref);
    return ok("permission", `groups and participants may be listed; ${unproved}`);
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    return fail("permission", error.message, "");
  }
}
