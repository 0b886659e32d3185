import pMap from "p-map";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, openTransport, type Credential } from "../../../src/cams";
import { startEmulator, type CallEntry } from "../../../src/emulator";

const credential: Credential = {
  getCredential: () =>
    Promise.resolve({
      accessKeyId: "rollcall-local",
      accessKeySecret: "rollcall-local-secret",
      securityToken: "",
      type: "access_key",
    }),
};
const account = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e", channelType: "WHATSAPP" };

test("a run at twice the pace that CAMS allows slows down instead of failing, and loses little time", async () => {
  const [qps, count] = [20, 100];
  const groups = Array.from({ length: count }, (_, i) => ({
    groupId: `EA${i}`,
    subject: "Ops",
    participants: ["628110000001"],
  }));
  const cams = await startEmulator({
    qps,
    seed: { businessNumbers: { [account.businessNumber]: { custSpaceId: account.custSpaceId, groups } } },
  });
  try {
    const client = createClient({
      send: openTransport({
        endpoint: { host: `127.0.0.1:${cams.port}`, protocol: "http" },
        connectTimeoutMs: 5_000,
        readTimeoutMs: 10_000,
        credential: () => credential,
      }),
      callsPerSecond: 2 * qps,
      clock: { now: () => performance.now(), sleep: (ms) => sleep(ms) },
    });
    const started = performance.now();
    const list = ({ groupId }: { groupId: string }) => client.listParticipants({ ...account, group: groupId });
    const listings = await pMap(groups, list, { concurrency: 4 * qps });
    const took = (performance.now() - started) / 1_000;

    expect(listings.filter(({ kind }) => kind !== "whole")).toEqual([]);
    expect(took).toBeLessThanOrEqual(1.2 * (count / qps));
    const calls = (await (await fetch(`${cams.url}/_emulator/calls`)).json()) as CallEntry[];
    expect(calls.filter(({ code }) => code.startsWith("Throttling")).length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThan(1.4 * count);
  } finally {
    await cams.close();
  }
});
