import { clean } from "./clean";

/**
 * Text that stays plain text in GitHub's Markdown and in its tables. Characters that could be markup are written as
 * entities. Text that GitHub would turn into a link (mentions, issues, addresses) is broken by an empty comment.
 */
export const markdown = (text: string): string =>
  clean(text).replace(/[\\`*_{}[\]()<>&|~!"'$^]|[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)/gi, (found) =>
    /^[@#:w]/i.test(found) ? `${found}<!-- -->` : `&#${found.charCodeAt(0)};`,
  );
