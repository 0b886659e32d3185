import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { World } from "../engine/world";
import { passed } from "../../runs";

/**
 * Whatever a run prints or leaves behind is searched for what nobody may read there: keys, tokens, signatures, URLs of the
 * network layer with all their parameters, and, where numbers are masked, numbers.
 */
const [ANA, BUDI, CITRA, STRANGER] = ["628110000001", "628120000022", "628130000333", "6591234567"] as const;
const PEOPLE = [ANA, BUDI, CITRA, STRANGER];

const STS_TOKEN = "CAISxwJ1q6Ft5B2yfSjIr5bBtokenOfATest";
const WRONG_SECRET = "wrongSecretOfATestThatNobodyMayRead";
const SECRETS = ["rollcall-local-secret", "rollcall-local", STS_TOKEN, WRONG_SECRET];
/** Event logs are what the Automation API and CI tools read; the CLI offers them as a debugging option. */
const ENV = { ALIBABA_CLOUD_SECURITY_TOKEN: STS_TOKEN, PULUMI_DEBUG_COMMANDS: "true" };

/** What the network layer would print of a request. */
const TRACES = [
  /Signature=/i,
  /Signature%3D/i,
  /x-acs-security-token[:=](?!\[masked\])/i,
  /https?:\/\/[^\s"']*\?[^\s"']*(List|GroupId|Page)=/,
];

/** What a person wrote or built; everything else in the project's folder was left behind by runs. */
const WRITTEN_BY_HAND = ["dist", "node_modules", "stacks", "package.json", "Pulumi.yaml"];

function leftBehind(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => !WRITTEN_BY_HAND.includes(file.split("/")[0] ?? ""))
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

/**
 * An event log without its debugging messages: in those Pulumi's own SDK writes down its calls, secret inputs included,
 * whatever the program does.
 */
function withoutDebugging(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.includes('"severity":"debug"'))
    .join("\n");
}

/** Runs a stack through everything that prints: success, removals, refusals, bad credentials, a bad network. */
async function live(world: World): Promise<void> {
  const up = (...args: string[]) => world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", ...args], ENV);
  const preview = (...args: string[]) => world.pulumi(["preview", "--stack", "test", ...args], ENV);
  const declare = (...people: readonly string[]) =>
    world.roster("ops", "EA1", Object.fromEntries(people.map((number) => [number, `N${number.slice(-2)}`])));

  declare(ANA, BUDI, CITRA);
  passed(await up("--event-log", "adopt-events.json"));

  declare(ANA, BUDI);
  await world.join("EA1", STRANGER);
  passed(await preview("--diff", "--save-plan", "plan.json", "--event-log", "preview-events.json"));
  passed(await preview("--json"));
  const wrong = await world.pulumi(["preview", "--stack", "test"], {
    ...ENV,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: WRONG_SECRET,
  });
  expect(wrong.out).toMatch(/SignatureDoesNotMatch/);

  world.configure({ maxRemovalsPerGroup: 1 });
  const refused = await up();
  expect(refused.out).toMatch(/maxRemovalsPerGroup|maxRemovals/);
  world.configure({ maxRemovalsPerGroup: 2 });

  for (const fault of ["hang", "reset", "bad-gateway", "body-truncated", "meta-131207", "forbidden-ram"]) {
    await world.fault({ fault, action: "ListChatGroupParticipants", groupId: "EA1", times: 1 });
  }
  await preview("--diff");
  await fetch(`${world.cams.url}/_emulator/faults`, { method: "DELETE" });

  for (const fault of ["hang", "reset", "bad-gateway"]) {
    await world.fault({ fault, action: "DeleteChatGroupParticipants", times: 1 });
  }
  const lost = await up("--event-log", "lost-events.json");
  expect(lost.code).not.toBe(0);
  await fetch(`${world.cams.url}/_emulator/faults`, { method: "DELETE" });

  passed(await up("--plan", "plan.json", "--event-log", "removal-events.json"));
  expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  passed(await world.pulumi(["refresh", "--yes", "--stack", "test"], ENV));
  world.configure({ endpoint: "http://127.0.0.1:9" });
  expect((await up()).out).toMatch(/ECONNREFUSED/);
  await world.state();
  await world.outputs();
}

describe.each(["full", "masked"])("display: %s", (display) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(
      { EA1: [ANA, BUDI, CITRA] },
      { display, auditLog: "logs/audit.jsonl", readTimeoutMs: 500 },
    );
    await live(world);
  }, 300_000);
  afterAll(() => world.stop());

  test("everything that should be searched is there", () => {
    const files = leftBehind(world.dir).map(({ file }) => file);
    for (const part of ["transcript", "plan.json", "logs/audit.jsonl", "adopt-events.json", "lost-events.json"]) {
      expect(files).toContain(part);
    }
    for (const part of [/^state\/.*\/stacks\/.*\.json$/, /\.bak$/, /^state\/.*\/history\//]) {
      expect(files.filter((file) => part.test(file))).not.toEqual([]);
    }
  });

  test.each(SECRETS)("%s is nowhere", (secret) => {
    expect(found((text) => text.includes(secret))).toEqual([]);
  });

  test.each(TRACES)("nothing matches %p", (trace) => {
    expect(found((text) => trace.test(text))).toEqual([]);
  });

  test(display === "masked" ? "no number is told" : "numbers are told, so that the search finds something", () => {
    const told = found((text) => PEOPLE.some((number) => withoutDebugging(text).includes(number)));
    if (display === "masked") expect(told).toEqual([]);
    else expect(told).toEqual(expect.arrayContaining(["transcript", "plan.json", "logs/audit.jsonl"]) as string[]);
  });

  function found(holds: (text: string) => boolean): readonly string[] {
    return leftBehind(world.dir)
      .filter(({ text }) => holds(text) || holds(decoded(text)))
      .map(({ file }) => file);
  }
});

/** A text without percent-encoding, as far as it is right. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
