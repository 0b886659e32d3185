import * as pulumi from "@pulumi/pulumi";
import { ChatGroupParticipants } from "../../src/provider/resource";
import { ORDER } from "../../src/provider/order";
import { args } from "./world";

/** A run without an engine: what it is sent. */
function begin(): readonly string[] {
  const sent: string[] = [];
  void pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      sent.push(name);
      return { id: name, state: inputs as Record<string, unknown> };
    },
    call: () => ({}),
  });
  return sent;
}

const declare = (name: string, more: Record<string, unknown> = {}): Promise<unknown> => {
  const { urn } = new ChatGroupParticipants(name, { ...args(), ...more });
  return new Promise((done) => urn.apply(done));
};

test("each run of one process has its own declarations, as in programs of the Automation API", async () => {
  for (let run = 0; run < 2; run++) {
    const sent = begin();
    await declare("ops");
    expect(sent).toEqual(["ops"]);
  }
});

test("what a roll call registers waits for no other, and is judged by the provider alone", async () => {
  const sent = begin();
  await Promise.all(["ops", "twin"].map((name) => declare(name, { [ORDER]: "{}" })));
  expect(sent).toEqual(["ops", "twin"]);
});
