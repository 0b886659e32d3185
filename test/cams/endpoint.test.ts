import { parseEndpoint } from "../../src/cams";

test.each([
  ["cams.ap-southeast-1.aliyuncs.com", "cams.ap-southeast-1.aliyuncs.com", "https"],
  [" cams.ap-southeast-1.aliyuncs.com ", "cams.ap-southeast-1.aliyuncs.com", "https"],
  ["https://cams.example.com/", "cams.example.com", "https"],
  ["cams.example.com:8443", "cams.example.com:8443", "https"],
  ["127.0.0.1:8787", "127.0.0.1:8787", "https"],
  ["http://127.0.0.1:8787", "127.0.0.1:8787", "http"],
  ["http://127.1.2.3", "127.1.2.3", "http"],
  ["HTTP://localhost:8787/", "localhost:8787", "http"],
  ["http://[::1]:8787", "[::1]:8787", "http"],
])("%s is %s by %s", (text, host, protocol) => {
  expect(parseEndpoint(text)).toEqual({ kind: "ok", endpoint: { host, protocol } });
});

test.each([
  "http://cams.ap-southeast-1.aliyuncs.com",
  "http://10.0.0.1:8787",
  "http://127.0.0.1.example.com",
  "http://localhost.example.com",
  "http://localhost@example.com",
  "http://[::2]:80",
])("%s is refused: plain HTTP to other machines", (text) => {
  expect(parseEndpoint(text)).toEqual({
    kind: "invalid",
    message: expect.stringMatching(/loopback|host\[:port\]/) as string,
  });
});

test.each([
  "",
  "ftp://127.0.0.1",
  "cams.example.com/path",
  "user:secret@cams.example.com",
  "cams example.com",
  "cams.example.com:port",
  "cams.example.com?x=1",
])("%p is no endpoint", (text) => {
  expect(parseEndpoint(text)).toEqual({ kind: "invalid", message: expect.stringMatching(/host\[:port\]/) as string });
});
