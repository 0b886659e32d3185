import type { Reply } from "../wire/reply";
import type { Delivery } from "./delivery";
import type { Fault, Strike } from "./strike";

/**
 * The network and what stands between: the client doesn't learn what became of its call. Most come in two forms, for that
 * is what makes them hard: the call was not carried out, or it was (`-applied`).
 */
type Shape = (strike: Strike) => Delivery;

function before(summary: string, shape: Shape, value?: Fault["value"]): Fault {
  const more = value === undefined ? {} : { value };
  return { family: "transport", summary: `${summary}; the call is not carried out`, ...more, strike: shape };
}

function applied(summary: string, shape: Shape, value?: Fault["value"]): Fault {
  const strike: Shape = (struck) => {
    struck.apply();
    return shape(struck);
  };
  return {
    family: "transport",
    summary: `${summary}; the call is carried out`,
    ...(value === undefined ? {} : { value }),
    strike,
  };
}

/** An answer that is something else than it should be, after the call was carried out. */
function instead(summary: string, change: (reply: Reply) => Partial<Reply>): Fault {
  return applied(summary, (struck) => {
    const reply: Reply = { status: 200, headers: struck.headers, content: { ...struck.common }, code: "" };
    return { kind: "reply", reply: { ...reply, ...change(reply) } };
  });
}

const html: Shape = () => ({
  kind: "reply",
  reply: {
    status: 502,
    headers: { "content-type": "text/html" },
    content:
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n",
    code: "",
  },
});
const empty: Shape = () => ({ kind: "reply", reply: { status: 500, headers: {}, content: "", code: "" } });
const hang: Shape = ({ value }) => ({ kind: "hang", forMs: Number(value) });
const hangFor = { meaning: "milliseconds after which the connection is closed", byDefault: 60_000 };
const reset: Shape = () => ({ kind: "reset" });

export const transport = {
  "bad-gateway": before("502 with an HTML page", html),
  "bad-gateway-applied": applied("502 with an HTML page", html),
  "empty-500": before("500 without a body", empty),
  "empty-500-applied": applied("500 without a body", empty),
  hang: before("no answer at all", hang, hangFor),
  "hang-applied": applied("no answer at all", hang, hangFor),
  reset: before("the connection is reset", reset),
  "reset-applied": applied("the connection is reset", reset),
  "body-cut-off": {
    family: "transport",
    summary: "half of the answer, then the connection breaks; the call is carried out",
    strike: ({ apply }) => ({ kind: "cut", reply: apply() }),
  },
  "body-truncated": {
    family: "transport",
    summary: "200 with JSON that stops half-way; the call is carried out",
    strike: ({ apply }) => {
      const reply = apply();
      const text = JSON.stringify(reply.content);
      return { kind: "reply", reply: { ...reply, content: text.slice(0, text.length / 2), code: "" } };
    },
  },
  "not-an-object": instead("200 with JSON that is no object: a text", () => ({ content: '"OK"' })),
  "not-json": instead("200 with a text that is no JSON", () => ({ content: "OK" })),
  "empty-200": instead("200 without a body", () => ({ content: "" })),
  redirect: instead("302 with a JSON object without Code", ({ headers }) => ({
    status: 302,
    headers: { ...headers, location: "/" },
  })),
  "code-missing": instead("200 with a JSON object without Code", () => ({})),
  slow: {
    family: "transport",
    summary: "the right answer, but late: `afterMs` after the call came in; the call is carried out then",
    strike: ({ apply }) => ({ kind: "reply", reply: apply() }),
  },
  "success-false": {
    family: "transport",
    summary: "Code OK beside Success false, as in the documented examples; the call is carried out",
    strike: ({ apply }) => {
      const reply = apply();
      if (typeof reply.content === "string" || reply.code !== "OK") return { kind: "reply", reply };
      return { kind: "reply", reply: { ...reply, content: { ...reply.content, Success: false } } };
    },
  },
} as const satisfies Record<string, Fault>;
