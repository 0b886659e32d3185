import { SDK, USUAL_PLACE } from "./place";

/** What a repository of rosters holds when it is new: from the package's templates, which are files and no strings here. */

/** Whose pipelines are wanted. The shell recipe is what each of them runs, and all that any other host needs. */
export const HOSTS = ["all", "github", "gitlab", "shell", "none"] as const;
export type Host = (typeof HOSTS)[number];

/** A file of the new repository. */
export interface NewFile {
  /** Relative to the repository's top, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  /** Part of the example of a stack, which is written only as a whole. */
  readonly example: boolean;
}

export interface Wanted {
  readonly stack: string;
  readonly host: Host;
  /** Of the package, without the range: what package.json depends on. */
  readonly version: string;
  /** The releases of Pulumi's SDK that the package works with. */
  readonly sdk: string;
  /** Where the package lies, relative to the repository: for editors and links. The program finds it by its name. */
  readonly place: string;
  /** Name for package.json. */
  readonly name: string;
}

/** Stands for the stack's name in paths and texts of templates. */
const STACK = /STACK_NAME/g;

/** What Pulumi runs. In the repository itself, as relative paths in settings are relative to where the program lies. */
const PROGRAM = "rollcall.cjs";

const example = ["stacks/STACK_NAME/people.yaml", "stacks/STACK_NAME/jakarta/ops.yaml", "local-cams.yaml"];

/** Path in the repository → path in the package. */
const ALWAYS = {
  ".gitignore": "templates/gitignore",
  "README.md": "templates/README.md",
  [PROGRAM]: `templates/${PROGRAM}`,
  ".vscode/settings.json": "templates/vscode/settings.json",
  ".vscode/extensions.json": "templates/vscode/extensions.json",
  "stacks/Pulumi.STACK_NAME.yaml": "templates/stacks/Pulumi.STACK_NAME.yaml",
  ...Object.fromEntries(example.map((path) => [path, `templates/${path}`])),
};
const RECIPE = {
  "ci/rollcall.sh": "pipelines/ci/rollcall.sh",
  "ci/credentials.mjs": "pipelines/ci/credentials.mjs",
  "ci/people.sh": "pipelines/ci/people.sh",
};
const GITHUB = {
  ".github/workflows/rollcall-pull-request.yml": "pipelines/github/rollcall-pull-request.yml",
  ".github/workflows/rollcall-apply.yml": "pipelines/github/rollcall-apply.yml",
  ".github/workflows/rollcall-drift.yml": "pipelines/github/rollcall-drift.yml",
  ".github/workflows/rollcall-import.yml": "pipelines/github/rollcall-import.yml",
  ".github/CODEOWNERS": "templates/CODEOWNERS",
  "ci/github.mjs": "pipelines/github/github.mjs",
};
const GITLAB = {
  ".gitlab-ci.yml": "pipelines/gitlab/gitlab-ci.yml",
  ".gitlab/CODEOWNERS": "templates/CODEOWNERS",
};

const OF_HOST: Record<Host, Readonly<Record<string, string>>> = {
  all: { ...RECIPE, ...GITHUB, ...GITLAB },
  github: { ...RECIPE, ...GITHUB },
  gitlab: { ...RECIPE, ...GITLAB },
  shell: RECIPE,
  none: {},
};

/**
 * The files of a new repository, sorted by path.
 * @param textOf reads a file of the package
 */
export function newFiles(wanted: Wanted, textOf: (path: string) => string): NewFile[] {
  const named = (text: string): string => text.replace(STACK, wanted.stack).replaceAll(USUAL_PLACE, wanted.place);
  const templates = Object.entries({ ...ALWAYS, ...OF_HOST[wanted.host] }).map(([path, template]) => ({
    path: named(path),
    text: named(textOf(template)),
    executable: path.endsWith(".sh"),
    example: example.includes(path),
  }));
  const made = { executable: false, example: false };
  return [
    ...templates,
    { path: "Pulumi.yaml", text: projectText(textOf("Pulumi.yaml")), ...made },
    { path: "package.json", text: manifestText(wanted), ...made },
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The package's own Pulumi.yaml, so that both declare the same settings, with the repository's program. */
function projectText(ownText: string): string {
  const text = ownText.replace(/^main: .+$/m, `main: ${PROGRAM}`);
  return `# Written by \`rollcall init\`. The program is the package's; people are in stacks/.\n${text}`;
}

/** Pulumi's SDK beside the package: pnpm and Yarn give a folder only what it names itself. */
function manifestText({ name, version, sdk }: Wanted): string {
  const manifest = { name, private: true, devDependencies: { [SDK]: sdk, "cams-rollcall": version } };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
