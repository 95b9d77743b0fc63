import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { ownCloud, type OwnCloud } from "../own-cloud.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { median } from "./median.ts";

const UNITS = { small: 1_000, large: 100_000 };
/** Small sales in a row, so that their orders are worked off beside them as those of a large one are. */
const IN_A_ROW = 10;
const CONNECTIONS = 64;
const SETTLED_WITHIN_MS = 180_000;

/** Acceptances a second of one large sale, against those of small ones before and after it; each is sold out. */
export async function benchLarge(): Promise<Measurement[]> {
  const cloud = await ownCloud();
  try {
    // Not counted: processes that have just started compile.
    await smallSales(cloud);
    const before = await smallSales(cloud);
    const large = await acceptedPerSecond(cloud, UNITS.large);
    const small = median([...before, ...(await smallSales(cloud))]);
    const parts = `${large.toFixed(0)} against ${small.toFixed(0)} a second`;
    return [ratio("accepted a second, 100,000 units / 1,000", large / small, parts, { least: 0.9 })];
  } finally {
    await cloud.stop();
  }
}

async function smallSales(cloud: OwnCloud): Promise<number[]> {
  const rates: number[] = [];
  for (let i = 0; i < IN_A_ROW; i++)
    rates.push(await acceptedPerSecond(cloud, UNITS.small, i === IN_A_ROW - 1));
  return rates;
}

async function acceptedPerSecond(cloud: OwnCloud, units: number, mustSettle = true): Promise<number> {
  const { apiUrl } = cloud;
  const saleId = await createSale(apiUrl, { name: `${units} units`, allocated: units });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: units, twice: 0, seed: 1 });
  const startedMs = performance.now();
  const log = await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
  const seconds = (performance.now() - startedMs) / 1000;
  const accepted = log.filter(({ kind }) => kind === "accepted").length;
  if (accepted !== units) throw new Error(`${accepted} of ${units} were accepted`);
  // A local queue that is busy with so many messages may not say in time how many they are.
  if (mustSettle) await awaitSettledAnywhere(cloud, saleId, SETTLED_WITHIN_MS);
  return accepted / seconds;
}
