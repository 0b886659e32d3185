/** Preloaded into a job's programs: what is meant for Alibaba Cloud's STS goes to the test's own server. */
const http = require("node:http");
const https = require("node:https");

/**
 * As the SDK calls it, by options alone.
 * @typedef {(options: import("node:https").RequestOptions, listener?: (answer: import("node:http").IncomingMessage) => void)
 *   => import("node:http").ClientRequest} Request
 */

const request = /** @type {Request} */ (https.request);
https.request = /** @type {typeof https.request} */ (
  /** @type {Request} */
  (options, listener) => {
    if (options.host !== "sts.aliyuncs.com" && options.hostname !== "sts.aliyuncs.com")
      return request(options, listener);
    const to = { protocol: "http:", host: "127.0.0.1", hostname: "127.0.0.1", port: process.env.TEST_STS_PORT };
    return http.request({ ...options, ...to, agent: undefined }, listener);
  }
);
