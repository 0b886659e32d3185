/** `rollcall who` as one HTML file that needs nothing else: no network, no other file. */
import { clean } from "../../text/clean";
import { entriesOf, remarksOf, STATES } from "./entries";
import { headlineOf } from "./headline";
import type { PageData } from "./page-data";
import type { WhoReport } from "./types";

/** The files of which the page is made (page/). */
export interface PageParts {
  /** With the comments `policy`, `style`, `data` and `script` in the places of these. */
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

/**
 * The page. Names and numbers are data in it, never markup or script: browsers carry out the page's own script alone, by its
 * hash, and load nothing.
 * @param hash SHA-256, in base64
 */
export function whoPage(report: WhoReport, parts: PageParts, hash: (text: string) => string): string {
  // Browsers read line ends so before they compare hashes.
  const [html, style, script] = [parts.html, parts.style, parts.script].map((text) => text.replaceAll("\r\n", "\n"));
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash(script ?? "")}'`,
    `style-src 'sha256-${hash(style ?? "")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const places: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}" />`,
    style: `<style>${style ?? ""}</style>`,
    data: `<script type="application/json" id="data">${inScript(pageData(report))}</script>`,
    script: `<script>${script ?? ""}</script>`,
  };
  return (html ?? "").replace(/<!-- (policy|style|data|script) -->/g, (_, place: string) => places[place] ?? "");
}

/** JSON that no HTML parser finds an end, a comment or an entity in. */
const inScript = (data: PageData): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function pageData(report: WhoReport): PageData {
  const { stack, groups, notes, now, show } = report;
  return {
    stack: clean(stack),
    headline: clean(`Stack ${stack}: ${headlineOf(report)}`),
    notes: notes.map(clean),
    taken: new Date(now).toISOString(),
    states: STATES,
    groups: groups.map((one) => [
      clean(one.name),
      clean(one.group),
      clean(one.subject ?? ""),
      remarksOf(one).map(([state, note]) => [state, clean(note)] as const),
      entriesOf(one, "dated").map(
        ({ state, number, name, note }) => [STATES.indexOf(state), show(number), clean(name), clean(note)] as const,
      ),
    ]),
  };
}
