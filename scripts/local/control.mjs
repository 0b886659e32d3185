/** What a person asks the control interface of the local CAMS. */

/**
 * @typedef {import("../../src/emulator/calls.js").CallEntry} Call
 * @typedef {import("../../src/emulator/seed.js").State["businessNumbers"][string]["groups"][number]} Group
 */

/**
 * @typedef {ReturnType<typeof controlOf>} Control
 */

/**
 * The control interface of a local CAMS.
 * @param {string} url of the local CAMS
 */
export function controlOf(url) {
  /**
   * Any answer is an answer.
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {object} [body]
   */
  async function ask(method, path, body) {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_emulator/${path}`, { method, ...init });
    /** @type {unknown} */
    const json = await answer.json();
    return { status: answer.status, json };
  }

  /**
   * As `ask`, but only a success or a conflict (409) is an answer.
   * @param {Parameters<typeof ask>} request
   */
  async function control(...[method, path, body]) {
    const { status, json } = await ask(method, path, body);
    if (status >= 300 && status !== 409) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  return {
    url,
    ask,
    control,
    /** All calls so far, the first one first. */
    calls: async () => /** @type {readonly Call[]} */ (await control("GET", "calls")),
    /** Every group by its id. */
    groups: async () => {
      const state = /** @type {import("../../src/emulator/seed.js").State} */ (await control("GET", "state"));
      const groups = Object.values(state.businessNumbers).flatMap((business) => business.groups);
      return new Map(groups.map((group) => [group.groupId, group]));
    },
  };
}
