import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pagePartsIn, sha256 } from "../../../src/cli/who/page-parts";
import { whoPage } from "../../../src/report/who/page";
import type { WhoGroup } from "../../../src/report/who/types";
import { person } from "../../report/inviting";
import { whoReportOf } from "../../report/who/groups";
import { Browser, describeInBrowser } from "./browser";

const GROUPS = 10_000;
/** The contract's bound for opening the page, and for a search. */
const MOST_MS = 2_000;
/** A page that does not answer for so long seems to be frozen. */
const FROZEN_MS = 500;

const group = (at: number): WhoGroup => ({
  ...{ name: `region-${at % 50}/team-${at}`, group: `EA93UU${at}`, subject: `Team ${at} of region ${at % 50}` },
  seen: {
    ...{ kind: "known", create: false, doubt: undefined },
    plan: {
      ...{ name: "", group: "", awaiting: [], left: [], remove: [], spared: [], unidentified: 0 },
      present: Array.from({ length: 8 }, (_, of) => person(String(628110000000 + at * 8 + of), `Somebody ${at}-${of}`)),
    },
  },
});

describeInBrowser("the page of rollcall who, over 10,000 groups of 8", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rollcall-page-"));
    browser = Browser.open();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test("opens, and finds one person, within two seconds each", async () => {
    const file = join(folder, "who.html");
    const report = whoReportOf(
      Array.from({ length: GROUPS }, (_, at) => group(at)),
      { show: (number) => number },
    );
    writeFileSync(file, whoPage(report, pagePartsIn(join(__dirname, "../../..")), sha256));
    expect(statSync(file).size).toBeLessThan(8_000_000);

    const page = await browser.page(pathToFileURL(file).href);
    const loaded = await page.value<number>("performance.getEntriesByType('navigation')[0].loadEventEnd");
    expect(loaded).toBeLessThan(MOST_MS);

    /** How long typing takes until the answer is there, and the longest task on the way. */
    const timed = (text: string) =>
      page.value<{ took: number; longest: number; said: string }>(`new Promise((done) => {
        const tasks = [0];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
        const began = performance.now();
        new MutationObserver((_, self) => {
          self.disconnect();
          const took = performance.now() - began;
          setTimeout(() => done({ took, longest: Math.max(...tasks), said: document.getElementById("count").textContent }), 100);
        }).observe(document.getElementById("count"), { childList: true });
        const field = document.getElementById("query");
        field.value = ${JSON.stringify(text)};
        field.dispatchEvent(new Event("input", { bubbles: true }));
      })`);
    // The first search makes what all search in.
    const first = await timed("Somebody 7777-3");
    expect(first).toMatchObject({ said: "1 group of 10,000, 1 person" });
    expect(first.took).toBeLessThan(MOST_MS);
    const next = await timed("+62 811 0000 042");
    expect(next.said).toBe("1 group of 10,000, 1 person");
    expect(next.longest).toBeLessThan(FROZEN_MS);
  });
});
