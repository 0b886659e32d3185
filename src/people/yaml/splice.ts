/** Changes of a text at places of it. What is between them stays as it is, to the letter. */

export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Splices do not overlap; where one only puts something in, it comes before what is replaced there. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let [result, at] = ["", 0];
  for (const { start, end, text: put } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) throw new Error("two changes of people.yaml overlap");
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}

/** Places in a text, by lines. */
export class Lines {
  readonly newline: "\r\n" | "\n";

  constructor(readonly text: string) {
    this.newline = text.includes("\r\n") ? "\r\n" : "\n";
  }

  /** Where the line of a place begins. */
  start(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Where the line of a place ends, before its line break. */
  end(offset: number): number {
    const found = this.text.indexOf("\n", offset);
    if (found < 0) return this.text.length;
    return found > 0 && this.text[found - 1] === "\r" ? Math.max(offset, found - 1) : found;
  }

  /** How far a place is from the start of its line. */
  column(offset: number): number {
    return offset - this.start(offset);
  }

  /** The last place of what stands before `end`, without blanks and line breaks. */
  trimmed(end: number): number {
    return this.text.slice(0, end).trimEnd().length;
  }

  /**
   * The end of the line at a place, and of the comment lines below that are indented by at least `column`: they belong
   * to what stands above them.
   */
  endWithComments(offset: number, column: number): number {
    let end = this.end(offset);
    for (let next = end; next < this.text.length;) {
      const from = this.text.indexOf("\n", next) + 1;
      if (from === 0 || from >= this.text.length) break;
      const stop = this.end(from);
      const line = this.text.slice(from, stop);
      const indent = line.length - line.trimStart().length;
      if (line.trim() !== "" && !(line.trimStart().startsWith("#") && indent >= column)) break;
      if (line.trim() !== "") end = stop;
      next = stop;
    }
    return end;
  }
}
