import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { CallLog } from "./calls";
import { armedSchema, type ArmedFaults } from "./faults/armed";
import type { World } from "./groups/world";
import { SeedError, stateOf, worldOf } from "./seed";

const storedSchema = z.strictObject({
  state: z.unknown(),
  faults: z.array(armedSchema),
  calls: z.array(
    z.strictObject({
      action: z.string(),
      groupId: z.string().nullable(),
      numbers: z.array(z.string()),
      to: z.string().exactOptional(),
      httpStatus: z.int(),
      code: z.string(),
      at: z.string(),
    }),
  ),
});

export type Stored = z.output<typeof storedSchema>;

/** What `--data` kept; undefined when the file doesn't exist yet. */
export function readData(file: string): { world: World; stored: Stored } | undefined {
  if (!existsSync(file)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SeedError(`${file}: is not JSON (${String(error)}); give another file, or delete it to start anew.`);
  }
  const stored = storedSchema.safeParse(json);
  if (!stored.success) {
    throw new SeedError(`${file}: is no data file of the local CAMS; give another, or delete it to start anew.`);
  }
  return { world: worldOf(stored.data.state, file), stored: stored.data };
}

/** Writes the data file whenever something changed: first beside it, then in its place, so that it is never half. */
export class DataFile {
  private written = "";

  constructor(
    private readonly file: string,
    private readonly parts: { world: World; faults: ArmedFaults; calls: CallLog },
  ) {}

  /** Before an answer goes out: what it tells must not be lost. */
  saveIfChanged(): void {
    const { world, faults } = this.parts;
    const version = `${world.version} ${faults.version}`;
    if (version === this.written) return;
    this.save();
    this.written = version;
  }

  save(): void {
    const { world, faults, calls } = this.parts;
    const json = JSON.stringify({ state: stateOf(world), faults: faults.all(), calls: calls.all() });
    writeFileSync(`${this.file}.new`, `${json}\n`, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
