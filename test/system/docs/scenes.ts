import { stringify } from "yaml";
import type { Seed } from "../../../src/emulator";
import { SEED, type Playground } from "./playground";

/** What has happened before a reader turns to the page: `<!-- scene: name -->` in a document begins it. */
export type Scene = (clone: Playground) => Promise<void>;

const PEOPLE = {
  ana: { number: "+62 812 3456 7801", name: "Ana" },
  budi: { number: "+62 812 3456 7802", name: "Budi" },
  citra: { number: "+62 812 3456 7803", name: "Citra" },
  dewi: { number: "+62 812 3456 7804", name: "Dewi" },
  eka: { number: "+62 812 3456 7805", name: "Eka" },
  goh: { number: "+65 8123 4567", name: "Goh" },
  hana: { number: "+65 8123 4578", name: "Hana" },
  ivan: { number: "+65 8123 4589", name: "Ivan" },
};

const yaml = (value: unknown): string =>
  stringify(value, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });

function roster(clone: Playground, name: string, group: string, people: readonly string[], rest: object = {}): void {
  clone.write(`stacks/prod/${name}.yaml`, yaml({ group, ...rest, members: people.map((person) => ({ person })) }));
}

/** A roster without a GroupId. */
function wish(clone: Playground, name: string, subject: string, people: readonly string[]): void {
  clone.write(`stacks/prod/${name}.yaml`, yaml({ subject, members: people.map((person) => ({ person })) }));
}

function people(clone: Playground, more: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): void {
  clone.write("stacks/prod/people.yaml", yaml({ people: { ...PEOPLE, ...more } }));
}

function settings(clone: Playground, more: Readonly<Record<string, unknown>>): void {
  const all = {
    businessNumber: "8613800000000",
    custSpaceId: "cams-8c8e",
    endpoint: clone.here("http://127.0.0.1:8787"),
    callsPerSecond: 200,
    confirmTimeoutMs: 1_000,
    auditLog: "audit/removals.jsonl",
    ...more,
  };
  clone.write(
    "stacks/Pulumi.prod.yaml",
    stringify({ config: Object.fromEntries(Object.entries(all).map(([key, value]) => [`rollcall:${key}`, value])) }),
  );
}

async function well(clone: Playground, script: string): Promise<void> {
  const { code, out } = await clone.run(script);
  if (code !== 0) throw new Error(`${script}: ${out}`);
}

/** A stack with three adopted groups; Goh is awaited in the third. */
async function prepare(clone: Playground): Promise<void> {
  clone.wholeNpx = false;
  await clone.restore("fresh");
  settings(clone, {});
  people(clone);
  roster(clone, "jakarta/ops", "EA93UU0042", ["ana", "budi", "citra", "dewi"]);
  roster(clone, "jakarta/sales", "EA93UU0043", ["ana", "budi", "eka"]);
  roster(clone, "singapore/leads", "EA93UU0044", ["ana", "goh"]);
  await well(
    clone,
    "git init --quiet --initial-branch=main . && git add stacks && git commit --quiet -m 'Three groups'",
  );
  await well(clone, "npx pulumi login file://~ && npx pulumi stack init prod");
  await well(clone, "npx pulumi up --stack prod --skip-preview");
  clone.keep("adopted");
}

/** Makes what scenes begin from. */
export async function prepareScenes(clone: Playground): Promise<void> {
  clone.keep("fresh");
  await prepare(clone);
}

const adopted =
  (then: Scene): Scene =>
  async (clone) => {
    await clone.restore("adopted");
    await then(clone);
  };

/** The scene of a document that names none. */
export const FIRST = "adopted";

export const SCENES: Readonly<Record<string, Scene>> = {
  // A clone in which nothing was done yet, beside a local CAMS.
  fresh: (clone) => clone.restore("fresh"),
  // An empty folder in which the package is installed.
  installed: async (clone) => {
    await clone.restore("fresh");
    clone.install("groups");
  },
  // A stack prod whose groups are under management, with nothing to do; a commit of it on main.
  [FIRST]: adopted(() => Promise.resolve()),

  dropped: adopted(drops("jakarta/ops", "EA93UU0042", ["ana", "citra", "dewi"])),
  "too-many-dropped": adopted(drops("jakarta/ops", "EA93UU0042", ["ana"])),
  "run-limit": adopted(async (clone) => {
    settings(clone, { maxRemovalsPerRun: 1 });
    await drops("jakarta/ops", "EA93UU0042", ["ana", "citra", "dewi"])(clone);
    await drops("jakarta/sales", "EA93UU0043", ["ana", "budi"])(clone);
  }),
  suspended: adopted(async (clone) => {
    await drops("jakarta/ops", "EA93UU0042", ["ana", "citra", "dewi"])(clone);
    await clone.control("faults", { fault: "meta-131207", action: "DeleteChatGroupParticipants" });
  }),
  "joined-after-the-plan": adopted(async (clone) => {
    await drops("jakarta/ops", "EA93UU0042", ["ana", "citra", "dewi"])(clone);
    await well(clone, "npx pulumi preview --stack prod --save-plan plan.json");
    await clone.control("groups/EA93UU0042/join", { number: "6591112233" });
  }),
  "changed-number": adopted(async (clone) => {
    for (const group of ["EA93UU0042", "EA93UU0043"])
      await clone.control(`groups/${group}/change-number`, { from: "6281234567802", to: "6285711112222" });
  }),
  // CAMS lists Kofi by the number that Benin's plan had before 2024.
  "listed-otherwise": adopted(async (clone) => {
    people(clone, { kofi: { number: "+229 01 97 12 34 56", name: "Kofi" } });
    roster(clone, "singapore/leads", "EA93UU0044", ["ana", "goh", "kofi"]);
    await clone.control("groups/EA93UU0044/join", { number: "22997123456" });
  }),
  "wrongly-removed": adopted(async (clone) => {
    await drops("jakarta/ops", "EA93UU0042", ["ana", "citra", "dewi"])(clone);
    await well(clone, "npx pulumi up --stack prod --skip-preview");
  }),
  offboarded: adopted((clone) => {
    people(clone, { budi: { ...PEOPLE.budi, offboarded: "2026-11-01" } });
    return Promise.resolve();
  }),
  masked: adopted(async (clone) => {
    settings(clone, { display: "masked" });
    roster(clone, "singapore/leads", "EA93UU0044", ["ana", "goh", "hana", "ivan"]);
    await well(clone, "npx pulumi up --stack prod --skip-preview");
    await well(clone, "export NEW_PASSPHRASE='another horse'");
  }),
  // A link is under management, and somebody passes it on.
  leaked: adopted(async (clone) => {
    roster(clone, "jakarta/ops", "EA93UU0042", ["ana", "budi", "citra", "dewi"], {
      inviteLink: "open",
      linkRevision: 1,
    });
    await well(clone, "npx pulumi up --stack prod --skip-preview");
    await clone.control("groups/EA93UU0042/join", { number: "6591112233" });
  }),
  "made-twice": adopted(async (clone) => {
    wish(clone, "surabaya/ops", "Surabaya operations", ["eka"]);
    await clone.control("faults", { fault: "twin-after", action: "AddChatGroup" });
    const { code } = await clone.run("npx pulumi up --stack prod --skip-preview");
    if (code === 0) throw new Error("the run should not know which group it made");
  }),
  "no-more-groups": adopted(async (clone) => {
    wish(clone, "surabaya/ops", "Surabaya operations", ["eka"]);
    await clone.control("faults", { fault: "meta-131211", action: "AddChatGroup" });
  }),
  "deleted-group": (clone) =>
    clone.restore(
      "adopted",
      seedWith((id) => (id === "EA93UU0043" ? undefined : id)),
    ),
  moved: async (clone) => {
    await clone.restore(
      "adopted",
      seedWith((id) => (id === "EA93UU0043" ? "EA93UU0099" : id)),
    );
  },
  killed: adopted(async (clone) => {
    await clone.control("faults", { fault: "hang", times: 5 });
    const { code } = await clone.run(
      "timeout -s KILL 6 node node_modules/pulumi/run.js up --stack prod --skip-preview",
    );
    if (code === 0) throw new Error("the run should have been killed");
    await fetch(clone.here("http://127.0.0.1:8787/_emulator/faults"), { method: "DELETE" });
  }),
  lost: adopted((clone) => {
    for (const folder of ["stacks", "history", "backups"]) clone.delete(`home/.pulumi/${folder}`);
    return Promise.resolve();
  }),
  "five-hundred": async (clone) => {
    const groups = Array.from({ length: 500 }, (_, n) => ({
      groupId: `EB${String(n).padStart(4, "0")}`,
      subject: `Team ${n}`,
      participants: ["6281234567801", `628770${String(n).padStart(6, "0")}`],
    }));
    await clone.restore("adopted", { businessNumbers: { "8613800000000": { custSpaceId: "cams-8c8e", groups } } });
    for (const name of ["jakarta/ops", "jakarta/sales", "singapore/leads"]) clone.delete(`stacks/prod/${name}.yaml`);
    await well(clone, "git add -A stacks && git commit --quiet -m 'Give them up'");
  },
};

/** A pull request that takes people out of a roster. */
function drops(name: string, group: string, stay: readonly (keyof typeof PEOPLE)[]): Scene {
  return (clone) => {
    roster(clone, name, group, stay);
    return Promise.resolve();
  };
}

/** @param rename a group's id to what it is instead; undefined: it is not there */
function seedWith(rename: (id: string) => string | undefined): Seed {
  const [number = "", account] = Object.entries(SEED.businessNumbers)[0] ?? [];
  const groups = (account?.groups ?? []).flatMap((group) => {
    const groupId = rename(group.groupId);
    return groupId === undefined ? [] : [{ ...group, groupId }];
  });
  return { businessNumbers: { [number]: { custSpaceId: account?.custSpaceId ?? "", groups } } };
}
