/** Loaded first into all Node.js processes of a run (`--require`): puts the run's number into each HTTP request. */
const { Agent } = require("node:http");

/**
 * What the agent is given for each request. Node.js documents it, its types don't know it.
 * @typedef {{ addRequest: (request: import("node:http").ClientRequest, ...rest: unknown[]) => unknown }} Adds
 */

/** @type {object} */
const prototype = Agent.prototype;
const agent = /** @type {Adds} */ (prototype);
const { addRequest } = agent;
/**
 * @this {Adds}
 * @type {Adds["addRequest"]}
 */
agent.addRequest = function (request, ...rest) {
  if (!request.headersSent) request.setHeader("x-chaos-run", process.env.CHAOS_RUN ?? "");
  return addRequest.call(this, request, ...rest);
};
