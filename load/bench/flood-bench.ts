import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SaleId } from "../../core/ids.ts";
import { spawnTied } from "../../local/spawn-tied.ts";
import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { HttpConnection } from "../http-connection.ts";
import { ownCloud } from "../own-cloud.ts";
import { interleave } from "./interleave.ts";
import { atLeast, type Measurement, ratio, reported } from "./measurement.ts";

const CONNECTIONS = 64;
const BLOCKS = 5;
const BLOCK_MS = 1_500;
/** More than a block can send. */
const REQUESTS_PER_BLOCK = 30_000;
const WORKERS = 2;

/**
 * A sold-out sale's flood and its readers through the local API against a bare server, each in a process of its own. No
 * token is seen twice; the bare server gets the same requests.
 */
export async function benchFlood(): Promise<Measurement[]> {
  const cloud = await ownCloud();
  const several = await ownCloud({ apiWorkers: WORKERS });
  const bare = await bareServer();
  try {
    const { apiUrl } = cloud.addresses();
    const severalUrl = several.addresses().apiUrl;
    const [saleId, otherId] = [await soldOutSale(apiUrl), await soldOutSale(severalUrl)];
    let seed = 0;
    const attempts = (id: SaleId) =>
      prepareAttempts(apiUrl, id, { buyers: REQUESTS_PER_BLOCK, twice: 0, seed: seed++ }).map(
        ({ request }) => request,
      );
    const looks = (path: string) =>
      Array.from({ length: REQUESTS_PER_BLOCK }, () => `GET ${path} HTTP/1.1\r\nhost: bench\r\n\r\n`);
    const [flood, workers, status, list, bareFlood, bareLook] = await interleave(BLOCKS, [
      async () => [await requestsPerSecond(apiUrl, attempts(saleId), 409)],
      async () => [await requestsPerSecond(severalUrl, attempts(otherId), 409)],
      async () => [await requestsPerSecond(apiUrl, looks(`/api/sale/status/${saleId}`), 200)],
      async () => [await requestsPerSecond(apiUrl, looks("/api/sales"), 200)],
      async () => [await requestsPerSecond(bare.url, attempts(saleId), 409)],
      async () => [await requestsPerSecond(bare.url, looks("/"), 409)],
    ]);
    return [
      ratio("sold-out flood through the API / bare node:http", flood / bareFlood, against(flood, bareFlood), {
        least: 0.35,
      }),
      atLeast("the same a second, on two quiet cores", flood, 12_000),
      reported(`the same from ${WORKERS} processes`, workers),
      ratio("status through the API / bare node:http", status / bareLook, against(status, bareLook), {
        least: 0.5,
      }),
      atLeast("the same a second, on two quiet cores", status, 20_000),
      ratio("list through the API / bare node:http", list / bareLook, against(list, bareLook), {
        least: 0.5,
      }),
      atLeast("the same a second, on two quiet cores", list, 20_000),
    ];
  } finally {
    await Promise.all([cloud.stop(), several.stop(), bare.stop()]);
  }
}

const against = (value: number, constant: number) =>
  `${value.toFixed(0)} against ${constant.toFixed(0)} a second`;

async function soldOutSale(apiUrl: string): Promise<SaleId> {
  const saleId = await createSale(apiUrl, { name: "Flood", allocated: 1 });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: 1, twice: 0, seed: 1 });
  await sendCrowd({ apiUrl, attempts, connections: 1 });
  return saleId;
}

async function requestsPerSecond(url: string, requests: readonly string[], wanted: number): Promise<number> {
  const startedMs = performance.now();
  const endsAtMs = startedMs + BLOCK_MS;
  let sent = 0;
  const work = async () => {
    const connection = new HttpConnection(url);
    while (performance.now() < endsAtMs && sent < requests.length) {
      const request = requests[sent++]!;
      const { status } = await connection.send(request);
      if (status !== wanted) throw new Error(`${request.split("\r\n", 1)[0]} was answered ${status}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return sent / ((performance.now() - startedMs) / 1000);
}

async function bareServer() {
  const file = fileURLToPath(new URL("./bare-server.ts", import.meta.url));
  const child = spawnTied(process.execPath, [file], {
    deathSignal: "SIGTERM",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const [port] = (await once(child, "message")) as [number];
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
