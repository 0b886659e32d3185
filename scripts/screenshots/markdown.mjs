/**
 * Markdown → HTML, for a picture. It is read by the parser that Prettier brings (remark, with GitHub's tables); written
 * is what reports are made of: headings, paragraphs, tables, lists, quotes, strong text, code, links.
 */
import { parsers } from "prettier/plugins/markdown";

/** @param {string} markdown */
export async function toHtml(markdown) {
  const tree = await parsers.markdown.parse(markdown, {});
  return html(tree);
}

function html(node) {
  const inner = () => (node.children ?? []).map(html).join("");
  switch (node.type) {
    case "root":
      return inner();
    case "heading":
      return `<h${node.depth}>${inner()}</h${node.depth}>`;
    case "paragraph":
      return `<p>${inner()}</p>`;
    case "blockquote":
      return `<blockquote>${inner()}</blockquote>`;
    case "list":
      return `<ul>${inner()}</ul>`;
    case "listItem":
      return `<li>${inner().replace(/<\/?p>/g, "")}</li>`;
    case "strong":
      return `<strong>${inner()}</strong>`;
    case "emphasis":
      return `<em>${inner()}</em>`;
    case "link":
      return `<a>${inner()}</a>`;
    case "table": {
      const [head, ...rows] = node.children;
      return `<table><thead>${row(head, "th")}</thead><tbody>${rows.map((one) => row(one, "td")).join("")}</tbody></table>`;
    }
    case "inlineCode":
      return `<code>${text(node.value)}</code>`;
    case "break":
      return "<br>";
    case "html":
      return node.value;
    default:
      // Prettier takes texts apart into sentences and words.
      return node.children === undefined ? text(node.value ?? "") : inner();
  }
}

function row({ children }, tag) {
  return `<tr>${children.map((cell) => `<${tag}>${(cell.children ?? []).map(html).join("")}</${tag}>`).join("")}</tr>`;
}

const text = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
