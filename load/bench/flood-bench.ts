import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { ownCloud } from "../own-cloud.ts";
import { startBareServer } from "./bare-process.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { requestsPerSecond } from "./requests-per-second.ts";

const BUYERS = 2_000;
const BLOCKS = 5;

/** A sold-out sale's flood through the local API against a bare server, each in a process of its own. */
export async function benchFlood(): Promise<Measurement[]> {
  const [cloud, bare] = [await ownCloud(), await startBareServer()];
  try {
    const { apiUrl } = cloud;
    const saleId = await createSale(apiUrl, { name: "Flood", allocated: 1 });
    const size = { twice: 0, seed: 1 };
    const first = prepareAttempts(apiUrl, saleId, { ...size, buyers: 1 });
    await sendCrowd({ apiUrl, attempts: first, connections: 1 });
    const flood = prepareAttempts(apiUrl, saleId, { ...size, buyers: BUYERS }).map(
      (attempt) => attempt.request,
    );
    const [api, constant] = await interleave(BLOCKS, [
      async () => [await requestsPerSecond(apiUrl, flood, 409)],
      async () => [await requestsPerSecond(bare.url, flood, 409)],
    ]);
    const parts = `${api.toFixed(0)} against ${constant.toFixed(0)} a second`;
    return [ratio("sold-out flood through the API / bare node:http", api / constant, parts, { least: 0.5 })];
  } finally {
    await Promise.all([cloud.stop(), bare.stop()]);
  }
}
