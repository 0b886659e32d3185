/** Wide digits, dashes and blanks of all kinds, and characters without width, as they come from spreadsheets and chats. */
export const plainNumber = (written: string): string =>
  written
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^'/, "");
