import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import type { LoadCloud } from "../load-cloud.ts";
import { ownCloud } from "../own-cloud.ts";
import { awaitSettled } from "../verdict/await-settled.ts";
import { interleave } from "./interleave.ts";
import { atLeast, type Measurement, reported } from "./measurement.ts";

const BUYERS = 1_000;
const CONNECTIONS = 64;
const BLOCKS = 3;
const GOAL_PER_SECOND = 800;

/** Accepted a second, ledger and queue acknowledged: all parts and the client share this machine. From one process and from two. */
export async function benchAccepted(): Promise<Measurement[]> {
  const clouds = [await ownCloud(), await ownCloud({ apiWorkers: 2 })] as const;
  try {
    const [one, two] = await interleave(BLOCKS, [
      async () => [await acceptedPerSecond(clouds[0])],
      async () => [await acceptedPerSecond(clouds[1])],
    ]);
    return [
      atLeast("accepted a second, all parts here", one, GOAL_PER_SECOND),
      reported("the same from 2 processes", two),
    ];
  } finally {
    await Promise.all(clouds.map((cloud) => cloud.stop()));
  }
}

async function acceptedPerSecond(cloud: LoadCloud): Promise<number> {
  const { apiUrl } = cloud.addresses();
  const saleId = await createSale(apiUrl, { name: "Accepted", allocated: BUYERS });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: BUYERS, twice: 0, seed: 1 });
  const startedMs = performance.now();
  const log = await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
  const seconds = (performance.now() - startedMs) / 1000;
  const accepted = log.filter(({ kind }) => kind === "accepted").length;
  if (accepted !== BUYERS) throw new Error(`${accepted} of ${BUYERS} were accepted`);
  // The next block is not to share the machine with this one's consumer.
  await awaitSettled(cloud.addresses(), saleId);
  return accepted / seconds;
}
