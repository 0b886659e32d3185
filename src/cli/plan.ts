import { Option, type Command } from "commander";
import { changedSince } from "../ambient";
import { planReport } from "../report/plan";
import { planJson } from "../report/plan-json";
import { countPlan } from "../report/planned";
import { chooseStack, formatOption, live, lookAt, stackOption } from "./live";
import { exitOf, planOf } from "./plan-of";
import { print, type ReportFormat } from "./print";

interface Flags {
  stack?: string;
  changedSince?: string;
  format: ReportFormat;
}

const HELP = `
Reads only. Needs credentials that may list (cams:ListChatGroupParticipants), and the state of the stack, if there is one.
Groups that would be made or changed, and links, are named first; they need cams:ListChatGroup, and are no removals. If people are to be invited, they are named,
and whoever is awaited with the state of their invitation; docs/ci.md says what that needs.

Exit codes: 0 nobody is to be removed, 1 CAMS or its credentials failed, 2 wrong arguments or settings, 3 invalid
rosters, 4 removals are planned, 6 a guard refused.

Examples:
  $ npx rollcall plan                                          the selected stack
  $ npx rollcall plan --stack prod --format markdown           for a pull request comment
  $ npx rollcall plan --changed-since origin/main              only what this branch changes
  $ npx rollcall plan --format json | jq '.summary.removals'   for other programs`;

/** `rollcall plan`: what `pulumi up` would do, person by person. */
export function planCommand(program: Command): void {
  program
    .command("plan")
    .description("what `pulumi up` would do, person by person; live, read-only")
    .addOption(stackOption())
    .addOption(formatOption())
    .addOption(
      new Option(
        "--changed-since <ref>",
        "only groups whose rosters differ from that git revision; the others are not looked at",
      ).env("ROLLCALL_CHANGED_SINCE"),
    )
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) =>
      live(command, async (refuse) => {
        const chosen = await chooseStack(flags.stack, refuse);
        const reference = changedSince(flags.changedSince);
        const plan = await planOf(chosen.stack.name, await lookAt(chosen, { changedSince: reference }), reference);
        print(
          flags.format,
          () => planReport(plan),
          () => planJson(plan),
        );
        return exitOf(countPlan(plan));
      }),
    );
}
