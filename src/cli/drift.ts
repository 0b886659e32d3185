import type { Command } from "commander";
import { wasThere } from "../membership/memory";
import type { Person } from "../membership/types";
import { countDrift, driftJson, driftReport, type DriftReport, type DriftSummary } from "../report/drift";
import type { PreparedRun } from "../run/prepare";
import { EXIT } from "./exit";
import { chooseStack, formatOption, live, lookAt, stackOption } from "./live";
import { exitOf, planOf } from "./plan-of";
import { print, type ReportFormat } from "./print";

interface Flags {
  stack?: string;
  format: ReportFormat;
}

const HELP = `
Drift is whatever differs from the rosters or from the last run: people who joined, declared or not, people who left, and
people who are declared and not there; groups that are not there yet, subjects and descriptions that differ, invite links
that are missing or should end. Whoever is protected is no drift. Reads only.

Exit codes: 0 no drift, 1 CAMS or its credentials failed, 2 wrong arguments or settings, 3 invalid rosters, 4 \`pulumi up\`
would remove somebody, 5 drift without removals, 6 a guard refused.

Examples:
  $ npx rollcall drift --stack prod
  $ npx rollcall drift --format json | jq '.groups[].joined[]'`;

/** `rollcall drift`: who joined, who left, who is awaited. */
export function driftCommand(program: Command): void {
  program
    .command("drift")
    .description("who joined, who left, who is awaited; live, read-only")
    .addOption(stackOption())
    .addOption(formatOption())
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) =>
      live(command, async (refuse) => {
        const chosen = await chooseStack(flags.stack, refuse);
        const look = await lookAt(chosen);
        const drift: DriftReport = { ...(await planOf(chosen.stack.name, look)), arrived: arrivedIn(look) };
        print(
          flags.format,
          () => driftReport(drift),
          () => driftJson(drift),
        );
        return driftExit(countDrift(drift));
      }),
    );
}

/** Only the last run can tell who was not there, so where it is not known nobody has arrived. */
function arrivedIn({ plan }: PreparedRun): ReadonlyMap<string, readonly Person[]> {
  return new Map(
    plan.groups.map(({ ref, history, verdict }) => {
      const memory = history.kind === "adopted" ? history.memory : undefined;
      const present = memory === undefined ? [] : (verdict.plan?.present ?? []);
      const arrived = present.filter(({ number }) => !wasThere(memory, number));
      return [ref.group, arrived];
    }),
  );
}

function driftExit(summary: DriftSummary): number {
  const code = exitOf(summary);
  const { joined, left, awaiting, newGroups, changes, links } = summary;
  const drifted = joined + left + awaiting + newGroups + changes + links > 0;
  return code === EXIT.clean && drifted ? EXIT.drift : code;
}
