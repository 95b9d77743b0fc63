import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnTied } from "../../local/spawn-tied.ts";
import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { HttpConnection } from "../http-connection.ts";
import { ownCloud } from "../own-cloud.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";

const BUYERS = 2_000;
const CONNECTIONS = 64;
const BLOCKS = 5;
const BLOCK_MS = 1_500;

/** A sold-out sale's flood through the local API against a bare server, each in a process of its own. */
export async function benchFlood(): Promise<Measurement[]> {
  const [cloud, bare] = [await ownCloud(), await bareServer()];
  try {
    const { apiUrl } = cloud.addresses();
    const saleId = await createSale(apiUrl, { name: "Flood", allocated: 1 });
    const size = { twice: 0, seed: 1 };
    const first = prepareAttempts(apiUrl, saleId, { ...size, buyers: 1 });
    await sendCrowd({ apiUrl, attempts: first, connections: 1 });
    const flood = prepareAttempts(apiUrl, saleId, { ...size, buyers: BUYERS }).map(
      (attempt) => attempt.request,
    );
    const [api, constant] = await interleave(BLOCKS, [
      async () => [await requestsPerSecond(apiUrl, flood)],
      async () => [await requestsPerSecond(bare.url, flood)],
    ]);
    const parts = `${api.toFixed(0)} against ${constant.toFixed(0)} a second`;
    return [ratio("sold-out flood through the API / bare node:http", api / constant, parts, { least: 0.5 })];
  } finally {
    await Promise.all([cloud.stop(), bare.stop()]);
  }
}

async function requestsPerSecond(url: string, requests: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const endsAtMs = startedMs + BLOCK_MS;
  let answers = 0;
  const work = async () => {
    const connection = new HttpConnection(url);
    while (performance.now() < endsAtMs) {
      const { status } = await connection.send(requests[answers++ % requests.length]!);
      if (status !== 409) throw new Error(`the flood was answered ${status}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return answers / ((performance.now() - startedMs) / 1000);
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
