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
  /** Name for package.json. */
  readonly name: string;
}

/** Stands for the stack's name in paths and texts of templates. */
const STACK = /STACK_NAME/g;

const example = ["stacks/STACK_NAME/people.yaml", "stacks/STACK_NAME/jakarta/ops.yaml", "local-cams.yaml"];

/** Path in the repository → path in the package. */
const ALWAYS = {
  ".gitignore": "templates/gitignore",
  "README.md": "templates/README.md",
  ".vscode/settings.json": "templates/vscode/settings.json",
  ".vscode/extensions.json": "templates/vscode/extensions.json",
  "stacks/Pulumi.STACK_NAME.yaml": "templates/stacks/Pulumi.STACK_NAME.yaml",
  ...Object.fromEntries(example.map((path) => [path, `templates/${path}`])),
};
const RECIPE = {
  "ci/rollcall.sh": "pipelines/ci/rollcall.sh",
  "ci/credentials.mjs": "pipelines/ci/credentials.mjs",
};
const GITHUB = {
  ".github/workflows/rollcall-pull-request.yml": "pipelines/github/rollcall-pull-request.yml",
  ".github/workflows/rollcall-apply.yml": "pipelines/github/rollcall-apply.yml",
  ".github/workflows/rollcall-drift.yml": "pipelines/github/rollcall-drift.yml",
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
  const named = (text: string): string => text.replace(STACK, wanted.stack);
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

/** The package's own Pulumi.yaml, so that both declare the same settings; its program is where npm puts the package. */
function projectText(ownText: string): string {
  const text = ownText.replace(/^main: (.+)$/m, "main: node_modules/cams-rollcall/$1");
  return `# Written by \`rollcall init\`. The program is the package's; people are in stacks/.\n${text}`;
}

function manifestText({ name, version }: Wanted): string {
  const manifest = { name, private: true, devDependencies: { "cams-rollcall": version } };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
