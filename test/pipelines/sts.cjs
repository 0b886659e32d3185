/** Preloaded into a job's programs: what is meant for Alibaba Cloud's STS goes to the test's own server. */
const http = require("node:http");
const https = require("node:https");

const { request } = https;
https.request = (options, ...rest) => {
  if (options.host !== "sts.aliyuncs.com" && options.hostname !== "sts.aliyuncs.com") return request(options, ...rest);
  const [hostname, port] = ["127.0.0.1", process.env.TEST_STS_PORT];
  return http.request({ ...options, protocol: "http:", host: hostname, hostname, port, agent: undefined }, ...rest);
};
