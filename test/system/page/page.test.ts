import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pagePartsIn, sha256 } from "../../../src/cli/who/page-parts";
import { STATES } from "../../../src/report/who/entries";
import { whoPage } from "../../../src/report/who/page";
import type { WhoGroup } from "../../../src/report/who/types";
import { ANA, BUDI } from "../../membership/world";
import { person } from "../../report/inviting";
import { EMPTY, OPS, SALES, whoReportOf } from "../../report/who/groups";
import { Browser, describeInBrowser, type Screen } from "./browser";

const HOSTILE = [
  `</script><script>window.hit = 1</script>`,
  `<img src=x onerror="window.hit = 2">`,
  `"'><svg onload=window.hit=3>`,
  `<!--<script>`,
  `\u202eevil\u2028\u0000`,
  `&lt;b&gt;`,
  "${window.hit = 4}",
  "$& $' $`",
];

/** A group whose texts and people are all hostile. */
const BAD: WhoGroup = {
  ...{ name: HOSTILE[0]!, group: HOSTILE[1]!, subject: HOSTILE[2] },
  seen: {
    ...{ kind: "known", create: false, doubt: HOSTILE[3] },
    plan: {
      ...{ name: "", group: "", awaiting: [], left: [], remove: [], spared: [], unidentified: 0 },
      present: HOSTILE.map((text, at) => person(`62811000000${at}`, text)),
    },
  },
};

const CRAFTED: WhoGroup = {
  ...{ name: "crafted", group: "EA9", subject: "Équipe São" },
  seen: {
    ...{ kind: "known", create: false, doubt: undefined },
    plan: {
      ...{ name: "crafted", group: "EA9", awaiting: [], left: [], remove: [], spared: [], unidentified: 0 },
      present: [person("6281••••01~9ebb1680", "José")],
    },
  },
};

describeInBrowser("the page of rollcall who", () => {
  let folder: string;
  const parts = pagePartsIn(join(__dirname, "../../.."));
  let browser: Browser;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rollcall-page-"));
    browser = Browser.open();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const open = (groups: readonly WhoGroup[], screen?: Screen, html = (page: string) => page) => {
    const file = join(folder, "who.html");
    const report = whoReportOf(groups, { show: (number) => number, notes: ["a note"] });
    writeFileSync(file, html(whoPage(report, parts, sha256)));
    return browser.page(pathToFileURL(file).href, screen);
  };
  const ALL = [EMPTY, OPS, SALES, CRAFTED];

  test("shows everybody of every group, with state and note, and when it was taken; loads nothing", async () => {
    const page = await open(ALL);
    expect(await page.drawn()).toEqual([
      ["empty", []],
      ["jakarta/ops", ["Ana", "Eko", "unknown name", "Budi", "Citra", "Dewi"]],
      ["sales", ["Ana"]],
      ["crafted", ["José"]],
    ]);
    const text = await page.value<string>("document.body.innerText");
    for (const said of [
      ...["Stack dev: 4 groups", "Begun 2026-12-01 08:00 UTC", "a note", "not known: the listing failed"],
      ...["invited on 2026-11-28, delivered, not joined", "unidentified: 2 rows without a plain number"],
      ...["empty: nobody is in the group", "4 groups of 4, 8 people"],
    ])
      expect(text).toContain(said);
    expect(page.complaints).toEqual([]);
    expect(page.requests).toHaveLength(1);
  });

  test.each([
    ["a name", "budi", ["jakarta/ops"], ["Budi"]],
    ["a name without its accents", "jose", ["crafted"], ["José"]],
    ["a name and its group", "ana jakarta", ["jakarta/ops"], ["Ana"]],
    ["a number in another spelling", "+62 811 0000 002", ["jakarta/ops"], ["Budi"]],
    ["part of a number", "0000-002", ["jakarta/ops"], ["Budi"]],
    ["a full number, of a masked one", "6281111101", ["crafted"], ["José"]],
    ["a GroupId", "ea2", ["sales"], ["Ana"]],
    ["a subject", "equipe sao", ["crafted"], ["José"]],
  ])("search finds %s", async (_, text, groups, people) => {
    const page = await open(ALL);
    await page.search(text);
    const drawn = await page.drawn();
    expect([drawn.map(([name]) => name), drawn.flatMap(([, names]) => names)]).toEqual([groups, people]);
  });

  test("search says how many fit, and that nothing does", async () => {
    const page = await open(ALL);
    expect(await page.search("ana")).toBe("2 groups of 4, 2 people");
    expect(await page.search("nobody at all")).toBe(
      "Nothing fits. 1 group is not known: they may be there. 1 group has rows without a number: each may be anybody.",
    );
    expect(await page.search("")).toBe("4 groups of 4, 8 people");
  });

  test("filters show only whoever is in these states, together with the search", async () => {
    const page = await open(ALL);
    expect(await page.only("undeclared")).toBe("1 group of 4, 2 people");
    expect(await page.only("left")).toBe("1 group of 4, 3 people");
    expect(await page.search("dewi")).toBe("1 group of 4, 1 person. 1 group is not known: they may be there.");
    expect((await page.drawn())[0]?.[1]).toEqual(["Dewi"]);
    await page.search("");
    await page.only("undeclared");
    await page.only("left");
    expect(await page.only("awaiting")).toBe("1 group of 4, 2 people");
    await page.only("awaiting");
    await page.only("not known");
    expect(await page.drawn()).toEqual([["sales", ["Ana"]]]);
    await page.only("unidentified");
    expect((await page.drawn()).map(([name]) => name)).toEqual(["jakarta/ops", "sales"]);
  });

  test("hostile names are shown as text, and none is carried out", async () => {
    const page = await open([BAD]);
    const [[title, names] = ["", []]] = await page.drawn();
    expect([title, names.length]).toEqual([HOSTILE[0], HOSTILE.length]);
    expect(names[5]).toBe("&lt;b&gt;");
    expect(names[7]).toBe("$& $' $`");
    expect(names[4]).toBe("\\u{202e}evil\\u{2028}\\u{0}");
    expect(await page.value("document.querySelectorAll('img, svg, script').length")).toBe(2);
    expect(await page.value("String(window.hit)")).toBe("undefined");
    expect([page.complaints, page.requests.length]).toEqual([[], 1]);
  });

  test("the policy carries out nothing but the page's own script, and loads nothing", async () => {
    const added = `<script>window.hit = 1</script><img src="https://example.com/x.png"><p onclick="1" style="color:red">x</p>`;
    const page = await open(ALL, {}, (html) => html.replace("<noscript>", `${added}<noscript>`));
    expect(await page.value("String(window.hit)")).toBe("undefined");
    expect(page.complaints.join()).toMatch(/script-src.*img-src|img-src.*script-src/s);
    expect((await page.drawn()).length).toBe(4);
  });

  test("light and dark follow the reader's system, and both can be read", async () => {
    const colours = async (scheme: "light" | "dark") =>
      (await open(ALL, { scheme })).value<[string, string]>(
        "(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))",
      );
    expect(await colours("light")).toEqual(["rgb(255, 255, 255)", "rgb(31, 35, 40)"]);
    expect(await colours("dark")).toEqual(["rgb(13, 17, 23)", "rgb(240, 246, 252)"]);
  });

  test("a phone needs no scrolling to the side", async () => {
    const long = { ...CRAFTED, name: "a".repeat(200), subject: "w".repeat(128) };
    const page = await open([...ALL, long], { width: 360 });
    expect(await page.value("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  test("assistive technology finds labels, headings, and a count that is read out", async () => {
    const page = await open(ALL);
    const { nodes } = await page.ask<{
      nodes: { role?: { value: string }; name?: { value: string }; ignored: boolean }[];
    }>("Accessibility.getFullAXTree");
    const found = nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name }) => `${role?.value ?? ""}: ${name?.value ?? ""}`);
    for (const one of [
      ...["heading: Who is in which group", "heading: jakarta/ops", "article: jakarta/ops", "main: Groups", "search: "],
      ...["searchbox: Search by name, number or group", "group: Show only", "checkbox: in the group, not in its list"],
    ])
      expect(found).toContain(one);
    expect(await page.value("document.getElementById('count').getAttribute('aria-live')")).toBe("polite");
  });

  test("many groups are drawn in pieces, and all of them for a printer", async () => {
    const many = Array.from({ length: 500 }, (_, at): WhoGroup => ({ ...OPS, name: `g${at}` }));
    const page = await open(many);
    const first = (await page.drawn()).length;
    expect(first).toBeGreaterThanOrEqual(50);
    expect(first).toBeLessThan(300);
    expect(await page.value("document.getElementById('more').textContent")).toBe(`50 more groups of ${500 - first}`);
    await page.value("document.getElementById('more').click()");
    expect((await page.drawn()).length).toBeGreaterThanOrEqual(first + 50);
    await page.value("window.dispatchEvent(new Event('beforeprint'))");
    expect((await page.drawn()).length).toBe(500);
    expect(await page.value("document.getElementById('more').hidden")).toBe(true);
  });

  test("the focus goes on to the last piece when the button for more is hidden", async () => {
    const page = await open(Array.from({ length: 60 }, (_, at): WhoGroup => ({ ...OPS, name: `g${at}` })));
    await page.value("document.getElementById('more').focus()");
    await page.value("document.getElementById('more').click()");
    expect(await page.value("document.activeElement.querySelector('h2').textContent")).toBe("g50");
  });

  test("a printed page says what was searched for, and the states are explained", async () => {
    const page = await open(ALL);
    expect(await page.value("getComputedStyle(document.getElementById('printed')).display")).toBe("none");
    await page.search("ana ");
    await page.only("left");
    await page.ask("Emulation.setEmulatedMedia", { media: "print" });
    expect(await page.value("document.getElementById('printed').innerText")).toBe("Searched for: “ana”, left");
    const explained = await page.value<string[]>("[...document.querySelectorAll('dt')].map((one) => one.textContent)");
    const states = [...STATES, "unidentified", "not known", "doubtful", "to be made", "empty"];
    expect(explained.flatMap((text) => text.split(", ")).sort()).toEqual(states.sort());
  });

  test("no state is broken within a word on a phone", async () => {
    const page = await open(ALL, { width: 390 });
    const lines = await page.value<number[]>(`[...document.querySelectorAll(".state")].map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    })`);
    expect(new Set(lines)).toEqual(new Set([1]));
  });
});

test("the page has no full number where numbers are masked", () => {
  const parts = pagePartsIn(join(__dirname, "../../.."));
  const html = whoPage(whoReportOf([OPS, SALES], { show: (number) => `${number.slice(0, 4)}••` }), parts, sha256);
  for (const number of [ANA, BUDI]) expect(html).not.toContain(number);
  expect(html).toContain("6281••");
});
