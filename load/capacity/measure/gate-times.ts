import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { Redis } from "ioredis";
import { gateKeys } from "../../../core/gate/keys.ts";
import { reserveScript } from "../../../core/gate/reserve-script.ts";
import { newBuyerId, newOrderId, type OrderId, type SaleId } from "../../../core/ids.ts";
import { scriptText } from "../../../core/redis/script.ts";
import type { Cloud } from "../../../local/cloud.ts";
import { createSale } from "../../create-sale.ts";
import { chunk } from "../../bench/chunk.ts";
import { refusingSale } from "../../bench/refusing-sale.ts";
import type { ServiceTimes } from "../service-times.ts";

/** Clients that send their calls in pipelines, and clients that wait for each reply, as a function of Lambda does. */
const ways = {
  pipelined: { calls: 60_000, connections: 8, together: 100 },
  alone: { calls: 12_000, connections: 64, together: 1 },
} as const;
type Way = (typeof ways)[keyof typeof ways];

/**
 * The gate's real script without the rest of a purchase: as many clients as keep Redis busy send calls that were made
 * beforehand. What a call takes is Redis's own count of its processor time, with what it takes to read and to answer.
 */
export async function measureGate(cloud: Cloud): Promise<ServiceTimes["gate"]> {
  const redis = new Redis(cloud.redisUrl);
  try {
    const text = scriptText(reserveScript);
    await redis.script("LOAD", text);
    const sha = createHash("sha1").update(text).digest("hex");
    return {
      pipelined: await measureWay({ redis, cloud, sha }, ways.pipelined),
      alone: await measureWay({ redis, cloud, sha }, ways.alone),
    };
  } finally {
    redis.disconnect();
  }
}

type Target = { readonly redis: Redis; readonly cloud: Cloud; readonly sha: string };

async function measureWay({ redis, cloud, sha }: Target, way: Way): Promise<ServiceTimes["gate"]["alone"]> {
  const open = await createSale(cloud.apiUrl, { name: "Open", allocated: way.calls });
  const refusing = await refusingSale(cloud);
  const orders = Array.from({ length: way.calls }, () => newOrderId(open, Date.now()));
  const loadWith = (call: (order: OrderId) => Buffer) => load(redis, cloud.redisUrl, orders.map(call), way);
  const refused = await loadWith(() => attempt(sha, refusing, 2));
  const reserved = await loadWith((order) => attempt(sha, open, 1, order));
  const clear = await loadWith((order) => command(["HDEL", gateKeys(open).outbox, order]));
  const sold = Number(await redis.hget(gateKeys(open).gate, "sold"));
  if (sold !== way.calls) throw new Error(`${sold} of ${way.calls} attempts were reserved`);
  return {
    refusedMs: refused.ms,
    reservedMs: reserved.ms,
    clearMs: clear.ms,
    refusalsPerSecond: refused.perSecond,
    reservationsPerSecond: reserved.perSecond,
  };
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
    edition: "",
    fromMs: "",
    step: "",
    rank: "",
    list: "",
    leaf: "",
    entryQuantity: "",
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

async function load(redis: Redis, url: string, calls: readonly Buffer[], { connections, together }: Way) {
  const shares = chunk(calls, Math.ceil(calls.length / connections)).map((some) =>
    chunk(some, together).map((buffers) =>
      Buffer.concat(together === 1 ? buffers : [...buffers, command(["ECHO", END])]),
    ),
  );
  const isEnd = together === 1 ? () => true : (tail: string) => tail.includes(`${END}\r\n`);
  const before = await processorMs(redis);
  const startedMs = performance.now();
  await Promise.all(shares.map((share) => sendAll(url, share, isEnd)));
  const tookMs = performance.now() - startedMs;
  const used = (await processorMs(redis)) - before;
  return { ms: used / calls.length, perSecond: (calls.length / tookMs) * 1000 };
}

const END = "the end of a pipeline";
type IsEnd = (tail: string) => boolean;

/** One connection; the last reply of a pipeline says that all before it have come, and a short reply comes at once. */
async function sendAll(url: string, all: readonly Buffer[], isEnd: IsEnd): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  try {
    for (const pipeline of all) {
      socket.write(pipeline);
      await untilEnd(socket, isEnd);
    }
  } finally {
    socket.destroy();
  }
}

function untilEnd(socket: Socket, isEnd: IsEnd): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let tail = "";
  const hear = (bytes: Buffer) => {
    const text = tail + bytes.toString("latin1");
    if (text.includes("\r\n-") || text.startsWith("-"))
      return reject(new Error(`Redis refused: ${text.slice(0, 200)}`));
    tail = text.slice(-2 * END.length);
    if (isEnd(tail)) resolve();
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
