import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CODES } from "../../../src/roster";
import { load } from "../../roster/tree";

const text = readFileSync(join(__dirname, "../../../docs/roster-reference.md"), "utf8");

test("the reference tells every code, and no other", () => {
  const told = [...text.slice(text.indexOf("## Problems")).matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code);
  expect(told.sort()).toEqual([...CODES].sort());
});

test("its examples are valid together", () => {
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block ?? "");
  const [roster = "", made = "", people = "", sets = "", releases = ""] = blocks;
  expect(blocks).toHaveLength(5);
  const more = `${people}  citra: { number: "+62 811 1111 113", name: Citra }\n`;
  const files = {
    "jakarta/ops.yaml": roster,
    "surabaya/ops.yaml": made,
    "people.yaml": more,
    "sets.yaml": sets,
    "releases.yaml": releases,
  };
  expect(load(files, "2026-11-01").problems).toEqual([]);
});
