/** The settings of a stack as `pulumi up` hands them to the program. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runPulumi } from "../run/pulumi";
import { SettingsError, STACKS, type Stack } from "./stacks";

type Bag = Readonly<Record<string, unknown>>;

/**
 * Reads Pulumi.yaml's `config:` and the stack's own settings over it. The Pulumi CLI is asked only for what the files
 * don't hold in the clear: a `secure:` value, or the settings of an `environment:`.
 * @param pulumiStack the stack as the CLI knows it, with its organisation where that was given
 */
export async function settingsOf(root: string, stack: Stack, pulumiStack: string): Promise<Record<string, string>> {
  const project = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find(existsSync);
  const declared =
    project === undefined ? {} : projectSettings(parseFile("Pulumi.yaml", readFileSync(project, "utf8")));
  const raw = { ...declared, ...stack.settings };
  const unread = Object.keys(raw).filter((key) => hasSecret(raw[key]));
  const { environment } = stackFile(root, stack);
  if (unread.length === 0 && environment === undefined) return asTexts(raw);
  const why = unread.length > 0 ? `rollcall:${unread.join(", rollcall:")} is a secret` : "the stack has an environment";
  return {
    ...asTexts(Object.fromEntries(Object.entries(raw).filter(([key]) => !unread.includes(key)))),
    ...(await askPulumi(root, pulumiStack, why)),
  };
}

function stackFile(root: string, { name }: Stack): Bag {
  const file = `Pulumi.${name}.yaml`;
  const path = join(root, STACKS, file);
  return existsSync(path) ? parseFile(`${STACKS}/${file}`, readFileSync(path, "utf8")) : {};
}

function parseFile(name: string, text: string): Bag {
  try {
    return bagOf(parse(text, { maxAliasCount: 100 }));
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new SettingsError(`the settings in ${name} are not YAML: ${said}`, { cause: error });
  }
}

const bagOf = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {});

const NAMESPACE = "rollcall";

/**
 * What Pulumi.yaml gives every stack: `value` or `default` of a declared key, or a plain value. A key without a
 * namespace is in the project's own.
 */
export function projectSettings(project: Bag): Bag {
  const own = Object.entries(bagOf(project.config)).flatMap(([key, given]): [string, unknown][] => {
    const colon = key.indexOf(":");
    const namespace = colon < 0 ? project.name : key.slice(0, colon);
    const declared = bagOf(given);
    const plain = Array.isArray(given) || Object.keys(declared).length === 0;
    const value = plain ? given : (declared.value ?? declared.default);
    return namespace === NAMESPACE && value !== undefined ? [[key.slice(colon + 1), value]] : [];
  });
  return Object.fromEntries(own);
}

/** Pulumi hands every setting over as a text; lists and objects as JSON. */
function asTexts(raw: Bag): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, text(value ?? "")]));
}

const hasSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(hasSecret));

async function askPulumi(root: string, stack: string, why: string): Promise<Record<string, string>> {
  try {
    const json = bagOf(JSON.parse(await runPulumi(["config", "--show-secrets", "--json", "--stack", stack], root)));
    const own = Object.entries(json).flatMap(([key, entry]): [string, string][] => {
      const { value } = bagOf(entry);
      return key.startsWith(`${NAMESPACE}:`) && typeof value === "string"
        ? [[key.slice(NAMESPACE.length + 1), value]]
        : [];
    });
    return Object.fromEntries(own);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`${why}, and \`pulumi config --show-secrets\` could not be asked: ${said}`, {
      cause: error,
    });
  }
}
