import { createSale } from "../create-sale.ts";
import { ownCloud } from "../own-cloud.ts";
import { startBareServer } from "./bare-process.ts";
import { interleave } from "./interleave.ts";
import { atLeast, type Measurement, ratio } from "./measurement.ts";
import { requestsPerSecond } from "./requests-per-second.ts";

const BLOCKS = 5;
const GOAL_PER_SECOND = 20_000;

/** Many who look at one sale, and at the list, through the local API against a bare server, each in a process of its own. */
export async function benchLooks(): Promise<Measurement[]> {
  const [cloud, bare] = [await ownCloud(), await startBareServer()];
  try {
    const { apiUrl } = cloud;
    const saleId = await createSale(apiUrl, { name: "Looked at", allocated: 100 });
    const status = [getOf(apiUrl, `/api/sale/status/${saleId}`)];
    const list = [getOf(apiUrl, "/api/sales")];
    const [statuses, lists, constant] = await interleave(BLOCKS, [
      async () => [await requestsPerSecond(apiUrl, status, 200)],
      async () => [await requestsPerSecond(apiUrl, list, 200)],
      async () => [await requestsPerSecond(bare.url, status, 409)],
    ]);
    const rows = (what: string, rate: number) => [
      ratio(
        `${what}, many readers / bare node:http`,
        rate / constant,
        `${rate.toFixed(0)} against ${constant.toFixed(0)} a second`,
        { least: 0.5 },
      ),
      atLeast("the same a second, on two quiet cores", rate, GOAL_PER_SECOND),
    ];
    return [...rows("status of a sale", statuses), ...rows("list of sales", lists)];
  } finally {
    await Promise.all([cloud.stop(), bare.stop()]);
  }
}

const getOf = (url: string, path: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\naccept: application/json\r\n\r\n`;
