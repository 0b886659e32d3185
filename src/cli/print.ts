import type { Report } from "../report/document";
import { reportMarkdown } from "../report/document-markdown";
import { reportText } from "../report/document-text";
import { colours } from "./project";

export type ReportFormat = "text" | "json" | "markdown";

/** Writes a report to stdout in the form that was asked for. */
export function print(format: ReportFormat, report: () => Report, json: () => object): void {
  process.stdout.write(render(format, report, json));
}

function render(format: ReportFormat, report: () => Report, json: () => object): string {
  switch (format) {
    case "text":
      return reportText(report(), { colour: colours() });
    case "markdown":
      return reportMarkdown(report());
    case "json":
      return `${JSON.stringify(json(), undefined, 2)}\n`;
  }
}
