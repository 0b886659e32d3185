import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { startEmulator, type CallEntry, type Emulator } from "../../src/emulator";
import { Project } from "./project";

export const ACCOUNT = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };

/** What the last run knew: resource name → its group, who was declared, and who of them was not there. */
export type Last = Readonly<
  Record<
    string,
    {
      readonly group: string;
      readonly members: Readonly<Record<string, string>>;
      readonly absent?: readonly string[];
      /** Who was removed earlier. */
      readonly removed?: readonly string[];
      /** Why a removal did not come to its end. */
      readonly failed?: string;
    }
  >
>;

/** A group itself, as an earlier run made it: resource name → its GroupId; undefined when it was asked for and not found. */
export type Made = Readonly<Record<string, { readonly subject: string; readonly group: string | undefined }>>;

/** A project beside a local CAMS, and a `pulumi` that knows one state: enough for commands that only look. */
export class LiveProject extends Project {
  private readonly before = { ...process.env };

  private constructor(readonly cams: Emulator) {
    super();
    process.env.ALIBABA_CLOUD_ACCESS_KEY_ID = "rollcall-local";
    process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = "rollcall-local-secret";
    process.env.PATH = `${join(this.root, "bin")}${delimiter}${this.before.PATH ?? ""}`;
    this.settings({});
    this.pulumi({});
  }

  /**
   * @param groups GroupId → who is in it
   * @param more what else is so of some of them
   */
  static async start(
    groups: Readonly<Record<string, readonly string[]>>,
    more: Readonly<Record<string, { readonly inviteLink?: null; subject?: string; description?: string }>> = {},
  ): Promise<LiveProject> {
    const list = Object.entries(groups).map(([groupId, participants]) => ({
      groupId,
      subject: `Group ${groupId}`,
      participants: [...participants],
      ...more[groupId],
    }));
    const { businessNumber, custSpaceId } = ACCOUNT;
    return new LiveProject(
      await startEmulator({ seed: { businessNumbers: { [businessNumber]: { custSpaceId, groups: list } } } }),
    );
  }

  /** Settings of the stack `dev`. */
  settings(more: Readonly<Record<string, unknown>>): void {
    const all = { ...ACCOUNT, endpoint: this.cams.url, callsPerSecond: 200, ...more };
    const config = Object.fromEntries(Object.entries(all).map(([key, value]) => [`rollcall:${key}`, value]));
    this.write({ "stacks/Pulumi.dev.yaml": stringify({ config }) });
  }

  /** @param members number → name */
  roster(
    name: string,
    group: string,
    members: Readonly<Record<string, string>>,
    rest: Readonly<Record<string, unknown>> = {},
  ): void {
    const list = Object.entries(members).map(([number, called]) => ({ number: `+${number}`, name: called }));
    const text = stringify(
      { group, ...rest, members: list },
      { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
    );
    this.write({ [`stacks/dev/${name}.yaml`]: text });
  }

  /** A roster of a group that Rollcall makes, or as it says. */
  ownRoster(name: string, keys: Readonly<Record<string, unknown>>, members: Readonly<Record<string, string>>): void {
    const list = Object.entries(members).map(([number, called]) => ({ number: `+${number}`, name: called }));
    const options = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;
    this.write({ [`stacks/dev/${name}.yaml`]: stringify({ ...keys, members: list }, options) });
  }

  /** The state after a whole run. */
  last(groups: Last, made: Made = {}): void {
    const resources = Object.entries(groups).map(([name, { group, members, absent = [], removed = [], failed }]) => {
      const bag = { group, ...ACCOUNT, members };
      const lists = { awaiting: absent.join(" "), removed: removed.join(" ") };
      const lastLook = Object.fromEntries(Object.entries(lists).filter(([, numbers]) => numbers !== ""));
      return {
        urn: `urn:pulumi:dev::rollcall::pulumi-nodejs:dynamic/cams:ChatGroupParticipants::${name}`,
        type: "pulumi-nodejs:dynamic/cams:ChatGroupParticipants",
        inputs: { ...bag, lastLook },
        outputs: { ...bag, participants: Object.keys(members).join(" "), form: 2, failed },
      };
    });
    const own = Object.entries(made).map(([name, { subject, group }]) => ({
      urn: `urn:pulumi:dev::rollcall::pulumi-nodejs:dynamic/cams:ChatGroup::${name}`,
      type: "pulumi-nodejs:dynamic/cams:ChatGroup",
      inputs: { subject, ...ACCOUNT },
      outputs: { subject, ...ACCOUNT, ...(group === undefined ? { group: "", pending: true } : { group }), form: 1 },
    }));
    const stack = { urn: "urn:pulumi:dev::rollcall::pulumi:pulumi:Stack::rollcall-dev", type: "pulumi:pulumi:Stack" };
    this.pulumi({ "stack export": { deployment: { resources: [stack, ...own, ...resources] } } });
  }

  /** What `pulumi` answers, by the beginning of its arguments; to all else it says no. */
  pulumi(answers: Readonly<Record<string, unknown>>): void {
    const cases = Object.entries(answers).map(([args, answer], index) => {
      this.write({ [`bin/${index}.json`]: typeof answer === "string" ? answer : JSON.stringify(answer) });
      return `  "${args}"*) cat "${join(this.root, "bin", `${index}.json`)}" ;;\n`;
    });
    this.write({
      "bin/pulumi": `#!/bin/sh\ncase "$*" in\n${cases.join("")}  *) echo "no such stack" >&2; exit 255 ;;\nesac\n`,
    });
    chmodSync(join(this.root, "bin/pulumi"), 0o755);
  }

  async calls(): Promise<readonly CallEntry[]> {
    return (await (await fetch(`${this.cams.url}/_emulator/calls`)).json()) as CallEntry[];
  }

  async control(path: string, body: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.cams.url}/_emulator/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async stop(): Promise<void> {
    process.env = this.before;
    await this.cams.close();
    this.remove();
  }
}
