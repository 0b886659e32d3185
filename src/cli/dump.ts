import type { Command } from "commander";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { clock, defaultCredential, today } from "../ambient";
import { isPossible } from "../numbers";
import type { Account, CamsReader, GroupInfo, GroupRef } from "../cams";
import { rosterName, rosterText, type LiveGroup } from "../report/roster-text";
import { observeAll } from "../observation/roll-call";
import { describeProblems, examine, loadRosters, maskProblems, type Entry, type Rosters } from "../roster";
import { InputError } from "../run/input-error";
import { checkSettings, concurrencyFor, connect, rostersFolder } from "../run/prepare";
import { stacksOf } from "../run/stack-files";
import type { Settings } from "../settings";
import { clean } from "../text/clean";
import { EXIT } from "./exit";
import { chooseStack, live, stackOption, type Chosen } from "./live";
import { showProgress } from "./progress";
import { tell } from "./project";
import { readSettings } from "./settings";

interface Flags {
  group?: string;
  all?: true;
  stack?: string;
}

const HELP = `
The roster declares whoever is in the group now, so that it plans to no removal. Names come from people.yaml; whoever is
not there is called "unnamed". Reads only; numbers are always in full, for a roster with masked numbers is none.

With --all one file for each active group of the account that no roster of any stack has yet, into the stack's folder; a
file that is there is never written over. Names of new files go to stdout.

Exit codes: 0 done, 1 CAMS or its credentials failed, 2 wrong arguments or settings, 3 invalid rosters, 7 some groups
could not be listed.

Examples:
  $ npx rollcall dump --group EA93UU0042 > stacks/prod/jakarta/ops.yaml
  $ npx rollcall dump --all --stack prod`;

/** `rollcall dump`: a roster from a live group. */
export function dumpCommand(program: Command): void {
  program
    .command("dump")
    .description("writes a roster from a live group; it plans to no removal")
    .option("--group <id>", "GroupId of CAMS; the roster goes to stdout")
    .option("--all", "one file for each group of the account that no roster has yet")
    .addOption(stackOption())
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) =>
      live(command, async (refuse) => {
        const { group, all } = flags;
        if ((group === undefined) === (all === undefined)) return refuse("give either --group <id> or --all");
        const stack = await openStack(await chooseStack(flags.stack, refuse));
        return group === undefined ? dumpAll(stack) : dumpOne(stack, group);
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
  { group, subject }: Pick<LiveGroup, "group" | "subject">,
  seen: { readonly participants: readonly string[]; readonly unidentified: number },
  { people, offboarded }: Opened["people"],
): LiveGroup {
  return {
    group,
    subject,
    unidentified: seen.unidentified,
    people: seen.participants.map((number) => ({
      number,
      name: people.get(number),
      cannot: offboarded.has(number) ? "offboarded" : isPossible(number) ? undefined : "impossible",
    })),
  };
}

async function dumpOne({ account, people, reader }: Opened, group: string): Promise<number> {
  const seen = await reader.listParticipants({ ...account, group });
  if (seen.kind === "doubtful") {
    tell(`${clean(group)}: ${seen.why}`);
    return EXIT.failure;
  }
  process.stdout.write(rosterText(liveGroup({ group, subject: "" }, seen, people)));
  return EXIT.clean;
}

async function dumpAll(opened: Opened): Promise<number> {
  const { account, people, reader, settings, folder } = opened;
  const kept = await groupsWithRosters(opened);
  const groups = (await reader.listGroups(account)).filter(({ group }) => !kept.has(group));
  const [active, others] = [
    groups.filter(({ status }) => status === "ACTIVE"),
    groups.filter(({ status }) => status !== "ACTIVE"),
  ];
  for (const { group, subject, status } of others)
    tell(`left out: ${clean(group)} (${clean(subject)}) is ${clean(status)}`);
  const refs = active.map(({ group }): GroupRef => ({ ...account, group }));
  const seen = await observeAll(reader, refs, {
    concurrency: concurrencyFor(settings.callsPerSecond),
    onProgress: showProgress(),
  });
  let written = 0;
  for (const info of active) {
    const observed = seen.get(info.group);
    if (observed?.kind === "whole") {
      const file = writeRoster(folder, info, rosterText(liveGroup(info, observed, people)));
      process.stdout.write(`${relative(opened.chosen.root, file)}\n`);
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

/** Groups that any stack's rosters have. Rosters that can't be read might have any, so they have to be mended first. */
async function groupsWithRosters({ chosen, folder, settings }: Opened): Promise<ReadonlySet<string>> {
  const { root } = chosen;
  const folders = new Set([folder, ...stacksOf(root).map((stack) => join(root, stack.folder))]);
  const groups = new Set<string>();
  for (const one of folders) {
    if (!existsSync(one)) continue;
    const loaded = await loadRosters(one, { root, today: today() });
    if (loaded.kind === "invalid") {
      throw new InputError(
        "rosters",
        describeProblems(settings.display === "masked" ? maskProblems(loaded.problems) : loaded.problems),
      );
    }
    for (const { group } of loaded.rosters.rosters) groups.add(group);
  }
  return groups;
}
