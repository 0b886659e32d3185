/** Loaded first into all Node.js processes of a run (`--require`): puts the run's number into each HTTP request. */
const { Agent } = require("node:http");

const { addRequest } = Agent.prototype;
Agent.prototype.addRequest = function (request, ...rest) {
  if (!request.headersSent) request.setHeader("x-chaos-run", process.env.CHAOS_RUN);
  return addRequest.call(this, request, ...rest);
};
