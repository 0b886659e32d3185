import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadRosters } from "../../src/roster";

const TODAY = "2025-11-22";

describe("loadRosters", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "rosters-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (path: string, text: string) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  test("resolves people, sets and dates for the day", async () => {
    write("stacks/ok/people.yaml", PEOPLE);
    write("stacks/ok/sets.yaml", SETS);
    write("stacks/ok/releases.yaml", RELEASES);
    write("stacks/ok/jakarta/ops.yaml", ROSTER);
    const loaded = await loadRosters("stacks/ok", { root, today: TODAY });
    expect(loaded).toMatchObject({ kind: "ok", problems: [] });
    if (loaded.kind !== "ok") return;
    expect(loaded.rosters.rosters).toEqual([
      {
        name: "jakarta/ops",
        file: "stacks/ok/jakarta/ops.yaml",
        group: "EA93UU0042",
        businessNumber: "8613800000000",
        custSpaceId: undefined,
        undeclared: undefined,
        allowEmpty: false,
        maxRemovals: undefined,
        protect: ["6581234567"],
        members: [
          { number: "628111111111", name: "Ana", person: "ana", via: ["oncall", "leads"], until: undefined },
          { number: "6281234567890", name: "Citra", person: undefined, via: [], until: undefined },
        ],
        former: [
          {
            number: "628111111112",
            name: "Budi",
            person: "budi",
            via: ["oncall", "leads"],
            until: undefined,
            reason: "offboarded",
          },
          { number: "628111111113", name: "Dewi", person: "dewi", via: [], until: "2025-11-01", reason: "expired" },
        ],
      },
    ]);
    expect(loaded.rosters.releases).toEqual([
      {
        people: ["628110000002", "628111111112"],
        groups: ["jakarta/ops"],
        until: "2026-12-05",
        reason: "site closed",
        at: "stacks/ok/releases.yaml:2",
      },
    ]);
    expect([...loaded.rosters.offboarded]).toEqual(["628111111112"]);
    expect(loaded.rosters.people.get("628111111113")).toBe("Dewi");
    expect(loaded.rosters.keys.get("dewi")).toBe("628111111113");
  });

  test("what is no text is told, quickly, and never followed", async () => {
    write("stacks/dev/ok.yaml", "group: A\nmembers: []\n");
    writeFileSync(join(root, "stacks/dev/big.yaml"), Buffer.alloc(10_000_000, 97));
    writeFileSync(join(root, "stacks/dev/binary.yaml"), Buffer.from([0, 1, 2, 255]));
    write("outside.yaml", "group: B\nmembers: []\n");
    symlinkSync("../../outside.yaml", join(root, "stacks/dev/out.yaml"));
    symlinkSync(root, join(root, "stacks/dev/up"));
    symlinkSync(".", join(root, "stacks/dev/loop"));
    execFileSync("mkfifo", [join(root, "stacks/dev/pipe.yaml")]);
    mkdirSync(join(root, "stacks/dev/folder.yaml"));
    const start = performance.now();
    const { problems } = await loadRosters("stacks/dev", { root, today: TODAY });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(problems.map(({ file, code }) => `${file.replace("stacks/dev/", "")} ${code}`)).toEqual([
      "big.yaml too-large",
      "binary.yaml not-utf8",
      "loop link-broken",
      "out.yaml link-outside",
      "pipe.yaml not-a-file",
      "up link-outside",
    ]);
  });

  test("a missing folder is a problem", async () => {
    const loaded = await loadRosters("stacks/none", { root, today: TODAY });
    expect(loaded).toMatchObject({
      kind: "invalid",
      problems: [{ file: "stacks/none", line: 1, column: 1, code: "no-folder" }],
    });
  });
});

const PEOPLE = `people:
  ana: { number: "+62 811 1111 111", name: Ana }
  budi: { number: "+62 811 1111 112", name: Budi, offboarded: 2025-11-22 }
  dewi: { number: "+62 811 1111 113", name: Dewi }
`;

const SETS = `sets:
  oncall: { include: [leads] }
  leads: { members: [ana, budi] }
`;

const RELEASES = `releases:
  - people: [budi, "+62 811 0000 002"]
    groups: [jakarta/ops]
    until: 2026-12-05
    reason: site closed
`;

const ROSTER = `group: EA93UU0042
businessNumber: "8613800000000"
include: [oncall]
protect: ["+65 8123 4567"]
members:
  - person: ana
    until: 2025-11-01
  - person: dewi
    until: 2025-11-01
  - number: "+62 812-3456-7890"
    name: Citra
`;
