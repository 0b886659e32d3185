import { build } from "../../src/cli/program";
import { version } from "../../package.json";

const program = build();
const helpOf = (command: (typeof program)["commands"][number]): string => {
  let text = "";
  command.configureOutput({ writeOut: (more) => void (text += more) }).outputHelp();
  return text;
};

test.each(program.commands.map((command) => [command.name(), command] as const))(
  "rollcall %s --help tells what it does, its exit codes, and an example that names it",
  (name, command) => {
    const help = helpOf(command);
    expect(command.description()).not.toBe("");
    expect(help).toMatch(/^Exit codes: 0 /m);
    expect(help).toMatch(new RegExp(`^  \\$ npx rollcall ${name}\\b|^  \\$ .*\\| npx rollcall ${name}\\b`, "m"));
    for (const option of command.options) expect(option.description).not.toBe("");
  },
);

test("rollcall --help tells all commands and exit codes", () => {
  const help = helpOf(program);
  for (const command of program.commands) expect(help).toContain(`\n  ${command.name()} `);
  for (const code of [0, 1, 2, 3, 4, 5, 6, 7]) expect(help).toMatch(new RegExp(`\\b${code} [a-z]`));
});

test("rollcall --version is the package's", () => {
  expect(program.version()).toBe(version);
});
