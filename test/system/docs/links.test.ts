import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, documents, linksIn, read, root } from "./markdown";

/** What is wrong with a link, or undefined. Nothing is asked of the network: of a web address only its form is known. */
function faultOf(document: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    if (target.startsWith("mailto:")) return undefined;
    const url = URL.canParse(target) ? new URL(target) : undefined;
    const real = url?.protocol === "https:" && url.hostname.includes(".") && url.username === "";
    return real ? undefined : "is no https address";
  }
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : normalize(join(dirname(document), decodeURIComponent(path)));
  if (file.startsWith("..")) return "leads out of the project";
  if (!existsSync(join(root, file))) return "leads to no file";
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  return anchorsOf(read(file)).has(anchor) ? undefined : `leads to no heading of ${file}`;
}

test.each(documents)("every link of %s leads somewhere", (document) => {
  const faults = linksIn(read(document)).flatMap((target) => {
    const fault = faultOf(document, target);
    return fault === undefined ? [] : [`${target} ${fault}`];
  });
  expect(faults).toEqual([]);
});

test.each([
  ["missing.md", "leads to no file"],
  ["CONTRIBUTING.md#nowhere", "leads to no heading of CONTRIBUTING.md"],
  ["#nowhere", "leads to no heading of README.md"],
  ["../outside.md", "leads out of the project"],
  ["http://example.com/", "is no https address"],
  ["https://localhost/", "is no https address"],
])("%s %s", (target, fault) => {
  expect(faultOf("README.md", target)).toBe(fault);
});

test.each([
  ["README.md", /^docs\/[^/]+$/],
  ["CONTRIBUTING.md", /^docs\/(adr|internals)\//],
  ["CONTRIBUTING.md", /^(SECURITY|CODE_OF_CONDUCT)\.md$/],
])("from %s every document %p can be reached", (from, which) => {
  const reached = linksIn(read(from)).map((target) => target.split("#")[0]);
  const wanted = documents.filter((path) => which.test(path));
  expect(wanted).not.toEqual([]);
  expect(wanted.filter((path) => !reached.includes(path))).toEqual([]);
});
