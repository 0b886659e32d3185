import type { Command } from "commander";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { clock, defaultCredential, today } from "../ambient";
import { isPossible } from "../numbers";
import type { Account, CamsReader, GroupInfo, GroupRef } from "../cams";
import { rosterName, rosterText, type LiveGroup } from "../report/roster-text";
import { observeAll } from "../observation/roll-call";
import { describeProblems, examine, maskProblems, type Entry, type Rosters } from "../roster";
import { InputError } from "../run/input-error";
import { concurrencyFor, connect } from "../run/connect";
import { checkSettings, rostersFolder } from "../run/prepare";
import type { Settings } from "../settings";
import { clean } from "../text/clean";
import { textsOf, type Texts } from "./dump/texts";
import { groupsWithRosters } from "./dump/with-rosters";
import { EXIT } from "./exit";
import { chooseStack, live, stackOption, type Chosen } from "./live";
import { showProgress } from "./progress";
import { tell } from "./project";
import { readSettings } from "./settings";

interface Flags {
  group?: string;
  all?: true;
  subjects?: true;
  stack?: string;
}

const HELP = `
The roster declares everybody who is in the group now, so it plans no removal. Names come from people.yaml; people who are
not in it are called "unnamed". It only reads CAMS. Numbers are always in full, because a roster needs them.

--all writes one file for each active group of the account that no roster of any stack has yet, into the stack's folder.
Existing files are never overwritten. Names of new files go to stdout.

--subjects writes the group's name and description as keys, which \`pulumi up\` keeps from then on. What a roster can't say,
such as a name of more than 128 characters, stays a comment.

Exit codes: 0 done, 1 CAMS or its credentials failed, 2 wrong arguments or settings, 3 invalid rosters, 7 some groups
could not be listed.

Examples:
  $ npx rollcall dump --group EA93UU0042 > stacks/prod/jakarta/ops.yaml
  $ npx rollcall dump --all --stack prod
  $ npx rollcall dump --all --subjects`;

/** `rollcall dump`: a roster from a live group. */
export function dumpCommand(program: Command): void {
  program
    .command("dump")
    .description("writes a roster from a live group; it plans to no removal")
    .option("--group <id>", "GroupId of CAMS; the roster goes to stdout")
    .option("--all", "one file for each group of the account that no roster has yet")
    .option("--subjects", "subject and description as keys, where there are any")
    .addOption(stackOption())
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) =>
      live(command, async (refuse) => {
        const { group, all, subjects = false } = flags;
        if ((group === undefined) === (all === undefined)) return refuse("give either --group <id> or --all");
        const stack = await openStack(await chooseStack(flags.stack, refuse));
        return group === undefined ? dumpAll(stack, subjects) : dumpOne(stack, group, subjects);
      }),
    );
}

/** A stack with its account, its people and a line to CAMS. */
interface Opened {
  readonly chosen: Chosen;
  readonly settings: Settings;
  readonly account: Account;
  readonly folder: string;
  readonly people: Pick<Rosters, "people" | "offboarded">;
  readonly reader: CamsReader;
}

async function openStack(chosen: Chosen): Promise<Opened> {
  const { root, stack, pulumiStack } = chosen;
  const settings = checkSettings(stack.name, await readSettings(root, stack, pulumiStack));
  const { businessNumber, custSpaceId, channelType } = settings;
  if (businessNumber === undefined || custSpaceId === undefined) {
    const missing = businessNumber === undefined ? "businessNumber" : "custSpaceId";
    throw new InputError(
      "settings",
      `the setting rollcall:${missing} of stack ${stack.name} is needed: whose groups are they?`,
    );
  }
  const folder = rostersFolder(root, stack.name, settings);
  return {
    chosen,
    settings,
    account: { businessNumber, custSpaceId, channelType },
    folder,
    people: peopleIn(folder, settings),
    reader: connect(settings, { clock, credential: defaultCredential }),
  };
}

/** Only people.yaml matters for names: other files may be broken, or not be there yet. */
function peopleIn(folder: string, { display }: Settings): Opened["people"] {
  const file = join(folder, "people.yaml");
  const tree = new Map<string, Entry>();
  if (existsSync(file)) tree.set("people.yaml", { kind: "file", bytes: readFileSync(file) });
  const { valid, problems, rosters } = examine(tree, { folder: "", today: today() });
  if (!valid)
    throw new InputError("rosters", describeProblems(display === "masked" ? maskProblems(problems) : problems));
  return rosters;
}

function liveGroup(
  texts: Texts,
  seen: { readonly participants: readonly string[]; readonly unidentified: number },
  { people, offboarded }: Opened["people"],
): LiveGroup {
  return {
    ...texts,
    unidentified: seen.unidentified,
    people: seen.participants.map((number) => ({
      number,
      name: people.get(number),
      cannot: offboarded.has(number) ? "offboarded" : isPossible(number) ? undefined : "impossible",
    })),
  };
}

async function dumpOne({ account, people, reader }: Opened, group: string, subjects: boolean): Promise<number> {
  const seen = await reader.listParticipants({ ...account, group });
  if (seen.kind === "doubtful") {
    tell(`${clean(group)}: ${seen.why}`);
    return EXIT.failure;
  }
  const listed = subjects ? (await reader.listGroups(account)).find((one) => one.group === group) : undefined;
  if (subjects && listed === undefined) {
    tell(`${clean(group)}: CAMS does not list the group, so its subject is not known. Leave out --subjects`);
    return EXIT.failure;
  }
  const texts = listed === undefined ? { group, subject: "", description: "", keys: [] } : textsOf(listed, subjects);
  process.stdout.write(rosterText(liveGroup(texts, seen, people)));
  return EXIT.clean;
}

async function dumpAll(opened: Opened, subjects: boolean): Promise<number> {
  const { account, people, reader, settings, folder, chosen } = opened;
  const { groups: kept, subjects: toMake } = await groupsWithRosters(chosen, folder, settings);
  const groups = (await reader.listGroups(account)).filter(({ group }) => !kept.has(group));
  const whyNot = ({ subject, status }: GroupInfo): string | undefined =>
    status !== "ACTIVE" ? ` is ${clean(status)}` : toMake.has(subject) ? `: ${toMake.get(subject) ?? ""}` : undefined;
  const active = groups.filter((one) => whyNot(one) === undefined);
  for (const one of groups) {
    const why = whyNot(one);
    if (why !== undefined) tell(`left out: ${clean(one.group)} (${clean(one.subject)})${why}`);
  }
  const refs = active.map(({ group }): GroupRef => ({ ...account, group }));
  const seen = await observeAll(reader, refs, {
    concurrency: concurrencyFor(settings.callsPerSecond),
    onProgress: showProgress(),
  });
  let written = 0;
  for (const info of active) {
    const observed = seen.get(info.group);
    if (observed?.kind === "whole") {
      const file = writeRoster(folder, info, rosterText(liveGroup(textsOf(info, subjects), observed, people)));
      process.stdout.write(`${relative(chosen.root, file)}\n`);
      written += 1;
    } else tell(`left out: ${clean(info.group)} (${clean(info.subject)}): ${observed?.why ?? "it was not listed"}`);
  }
  tell(`${written} of ${active.length} active groups without a roster written; ${kept.size} have one`);
  return written === active.length ? EXIT.clean : EXIT.partial;
}

/** Never writes over a file: where there is one of that name, another name is taken. */
function writeRoster(folder: string, { subject, group }: GroupInfo, text: string): string {
  mkdirSync(folder, { recursive: true });
  for (const taken = new Set<string>(); ;) {
    const name = rosterName(subject, group, taken);
    const file = join(folder, `${name}.yaml`);
    try {
      writeFileSync(file, text, { flag: "wx" });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      taken.add(name);
    }
  }
}
