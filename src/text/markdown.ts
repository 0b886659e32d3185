import { clean } from "./clean";

/**
 * Text that stays text in GitHub's Markdown and in tables of it: what could be markup is written as an entity, and what
 * GitHub would link afterwards (mentions, issues, addresses) is broken by an empty comment.
 */
export const markdown = (text: string): string =>
  clean(text).replace(/[\\`*_{}[\]()<>&|~!"'$^]|[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)/gi, (found) =>
    /^[@#:w]/i.test(found) ? `${found}<!-- -->` : `&#${found.charCodeAt(0)};`,
  );
