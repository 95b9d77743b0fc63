import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { Redis } from "ioredis";
import { gateKeys } from "../../../core/gate/keys.ts";
import { reserveScript } from "../../../core/gate/reserve-script.ts";
import { newBuyerId, newOrderId, type OrderId, type SaleId } from "../../../core/ids.ts";
import { scriptText } from "../../../core/redis/script.ts";
import type { Cloud } from "../../../local/cloud.ts";
import { createSale } from "../../create-sale.ts";
import { refusingSale } from "../../bench/refusing-sale.ts";
import type { ServiceTimes } from "../service-times.ts";

const ATTEMPTS = 60_000;
const CONNECTIONS = 8;
/** Commands that a connection sends before it waits for their replies. */
const PIPELINED = 100;

/**
 * The gate's real script alone: as many clients as keep Redis busy send it in pipelines, prepared beforehand. What Redis
 * takes for a call is its own count of its processor time, with what it takes to read and answer.
 */
export async function measureGate(cloud: Cloud): Promise<ServiceTimes["gate"]> {
  const redis = new Redis(cloud.redisUrl);
  try {
    const text = scriptText(reserveScript);
    await redis.script("LOAD", text);
    const sha = createHash("sha1").update(text).digest("hex");
    const open = await createSale(cloud.apiUrl, { name: "Open", allocated: ATTEMPTS });
    const refusing = await refusingSale(cloud);
    const orders = Array.from({ length: ATTEMPTS }, () => newOrderId(open, Date.now()));
    const refused = await load(
      redis,
      cloud.redisUrl,
      orders.map(() => attempt(sha, refusing, 2)),
    );
    const reserved = await load(
      redis,
      cloud.redisUrl,
      orders.map((order) => attempt(sha, open, 1, order)),
    );
    const clear = await load(
      redis,
      cloud.redisUrl,
      orders.map((order) => command(["HDEL", gateKeys(open).outbox, order])),
    );
    const sold = Number(await redis.hget(gateKeys(open).gate, "sold"));
    if (sold !== ATTEMPTS) throw new Error(`${sold} of ${ATTEMPTS} attempts were reserved`);
    return {
      refusedMs: refused.ms,
      reservedMs: reserved.ms,
      clearMs: clear.ms,
      refusalsPerSecond: refused.perSecond,
      reservationsPerSecond: reserved.perSecond,
    };
  } finally {
    redis.disconnect();
  }
}

function attempt(sha: string, saleId: SaleId, quantity: number, orderId?: OrderId): Buffer {
  const nowMs = Date.now();
  const keys = gateKeys(saleId);
  const values: Record<(typeof reserveScript.arguments)[number], string> = {
    buyerId: newBuyerId(nowMs),
    keyHash: "k".repeat(16),
    quantity: String(quantity),
    newOrderId: orderId ?? newOrderId(saleId, nowMs),
    saleId,
    requestId: "request",
    traceId: "",
    wantsFilter: "0",
  };
  return command([
    "EVALSHA",
    sha,
    String(reserveScript.keys.length),
    ...reserveScript.keys.map((key) => keys[key]),
    ...reserveScript.arguments.map((name) => values[name]),
  ]);
}

const command = (words: readonly string[]): Buffer =>
  Buffer.from(
    `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`,
  );

async function load(redis: Redis, url: string, commands: readonly Buffer[]) {
  const size = Math.ceil(commands.length / CONNECTIONS);
  const shares = Array.from({ length: CONNECTIONS }, (_, i) =>
    pipelines(commands.slice(i * size, (i + 1) * size)),
  );
  const before = await processorMs(redis);
  const startedMs = performance.now();
  await Promise.all(shares.map((share) => sendAll(url, share)));
  const tookMs = performance.now() - startedMs;
  const used = (await processorMs(redis)) - before;
  return { ms: used / commands.length, perSecond: (commands.length / tookMs) * 1000 };
}

const END = "the end of a pipeline";

const pipelines = (commands: readonly Buffer[]): Buffer[] =>
  Array.from({ length: Math.ceil(commands.length / PIPELINED) }, (_, i) =>
    Buffer.concat([...commands.slice(i * PIPELINED, (i + 1) * PIPELINED), command(["ECHO", END])]),
  );

/** One connection; the last reply of each pipeline says that all before it have come. */
async function sendAll(url: string, all: readonly Buffer[]): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  try {
    for (const pipeline of all) {
      socket.write(pipeline);
      await untilEnd(socket);
    }
  } finally {
    socket.destroy();
  }
}

function untilEnd(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let tail = "";
  const hear = (chunk: Buffer) => {
    const text = tail + chunk.toString("latin1");
    if (text.includes("\r\n-") || text.startsWith("-"))
      return reject(new Error(`Redis refused: ${text.slice(0, 200)}`));
    tail = text.slice(-2 * END.length);
    if (tail.includes(`${END}\r\n`)) resolve();
  };
  socket.on("data", hear);
  socket.on("error", reject);
  return promise.finally(() => {
    socket.off("data", hear);
    socket.off("error", reject);
  });
}

async function processorMs(redis: Redis): Promise<number> {
  const info = await redis.info("cpu");
  const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(info)?.[1]);
  return (seconds("used_cpu_user") + seconds("used_cpu_sys")) * 1000;
}
