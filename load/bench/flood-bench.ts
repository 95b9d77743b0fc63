import type { SaleId } from "../../core/ids.ts";
import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { ownCloud } from "../own-cloud.ts";
import { startBareServer } from "./bare-process.ts";
import { interleave } from "./interleave.ts";
import { atLeast, type Measurement, ratio, reported } from "./measurement.ts";
import { requestsPerSecond } from "./requests-per-second.ts";

const BLOCKS = 5;
/** More than a block can send, so that no token is seen twice. */
const REQUESTS_PER_BLOCK = 30_000;
const WORKERS = 2;

/**
 * A sold-out sale's flood through the local API against a bare server, each in a process of its own; then from several
 * processes of the API. The bare server gets the same requests.
 */
export async function benchFlood(): Promise<Measurement[]> {
  const cloud = await ownCloud();
  const several = await ownCloud({ apiWorkers: WORKERS });
  const bare = await startBareServer();
  try {
    const [saleId, otherId] = [await soldOutSale(cloud.apiUrl), await soldOutSale(several.apiUrl)];
    const attempts = (id: SaleId) =>
      prepareAttempts(cloud.apiUrl, id, { buyers: REQUESTS_PER_BLOCK, twice: 0, seed: 1 }).map(
        ({ request }) => request,
      );
    const [flood, workers, constant] = await interleave(BLOCKS, [
      async () => [await requestsPerSecond(cloud.apiUrl, attempts(saleId), 409)],
      async () => [await requestsPerSecond(several.apiUrl, attempts(otherId), 409)],
      async () => [await requestsPerSecond(bare.url, attempts(saleId), 409)],
    ]);
    const parts = `${flood.toFixed(0)} against ${constant.toFixed(0)} a second`;
    return [
      ratio("sold-out flood through the API / bare node:http", flood / constant, parts, { least: 0.35 }),
      atLeast("the same a second, on two quiet cores", flood, 12_000),
      reported(`the same from ${WORKERS} processes`, workers),
    ];
  } finally {
    await Promise.all([cloud.stop(), several.stop(), bare.stop()]);
  }
}

async function soldOutSale(apiUrl: string): Promise<SaleId> {
  const saleId = await createSale(apiUrl, { name: "Flood", allocated: 1 });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: 1, twice: 0, seed: 1 });
  await sendCrowd({ apiUrl, attempts, connections: 1 });
  return saleId;
}
