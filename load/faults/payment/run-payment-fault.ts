import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import { booksOfSale, isPaidAtRest, type ProviderBooks } from "../../crowd/paid/paid-rest.ts";
import { createSale } from "../../create-sale.ts";
import type { Facts } from "../../verdict/facts.ts";
import { readFacts } from "../../verdict/read-facts.ts";
import { isOpen } from "../await-rest.ts";
import { type FaultRun, type LineCheck, nameOf } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import type { FaultResult } from "../run-fault.ts";
import { waitUntil } from "../wait-until.ts";
import { endTime } from "./end-time.ts";
import { judgePaymentFault } from "./judge-payment-fault.ts";
import type { Payer } from "./payer.ts";
import type { PaymentFault, PaymentStage } from "./payment-fault.ts";
import { startPayers } from "./start-payers.ts";

const PRICE_MINOR = 4_900;
const UNITS = { 1: 10, 3: 14 };
/** Longer than any line takes: time ends where a line says so. */
const HOLD_SECONDS = 1_800;
const ATTEMPT_LIMIT = 1_000;
const REST_LIMIT_MS = 150_000;
const LOOK_EVERY_MS = 500;
const COMPLETE_EVERY_MS = 2_500;
const WATCH_EVERY_MS = 700;

/**
 * Runs one fault of payments on a fresh sale, and judges it: by the laws of stock and of money, by the provider's own books,
 * and by all that each buyer was told of their order meanwhile.
 */
export async function runPaymentFault(
  cloud: FaultCloud,
  run: FaultRun<PaymentFault>,
  historyFolder: string,
): Promise<FaultResult> {
  const { fault, purchaseLimit } = run;
  const startedMs = performance.now();
  await cloud.reset();
  await fault.prepare?.(cloud);
  const saleId = await createSale(cloud.apiUrl, {
    name: nameOf(run),
    allocated: UNITS[purchaseLimit],
    priceMinor: PRICE_MINOR,
    purchaseLimit,
    attemptLimit: ATTEMPT_LIMIT,
    payment: { kind: "held", holdSeconds: HOLD_SECONDS },
  });
  const { payers, log } = await startPayers(cloud.apiUrl, saleId, purchaseLimit);
  if (payers.length === 0) throw new Error("nobody holds anything: nothing can be tested");
  const watch = startWatch(payers);
  const checks: LineCheck[] = [];
  try {
    await fault.inject(stageOf(cloud, saleId, payers, checks));
    const mendedMs = performance.now();
    const rest = await untilAtRest(cloud, saleId);
    if (fault.hasStruck?.(cloud) === false) throw new Error("the fault did not strike: nothing was tested");
    await watch.stop();
    return await judgePaymentFault(cloud, run, {
      ...rest,
      saleId,
      priceMinor: PRICE_MINOR,
      payers,
      log,
      checks,
      startedMs,
      mendedMs,
      historyFolder,
    });
  } finally {
    await watch.stop();
  }
}

function stageOf(cloud: FaultCloud, saleId: SaleId, payers: Payer[], checks: LineCheck[]): PaymentStage {
  return {
    cloud,
    saleId,
    priceMinor: PRICE_MINOR,
    payers: [...payers],
    endTime: () => endTime(cloud, saleId),
    until: waitUntil,
    atRest: async () => (await untilAtRest(cloud, saleId)).facts,
    alsoPays: (payer) => void payers.push(payer),
    alsoJudge: (check) => void checks.push(check),
  };
}

/** Each buyer looks at their order now and then; when it is over, a last time. */
function startWatch(payers: readonly Payer[]) {
  const stopping = new AbortController();
  const look = async () => void (await Promise.all(payers.map((payer) => payer.look())));
  const done = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(WATCH_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await look();
  })();
  return {
    async stop(): Promise<void> {
      stopping.abort();
      await done;
    },
  };
}

/** How a sale stands once nothing is left to be done; `restedAtMs` null: the time was over before. */
export type Rest = {
  readonly facts: Facts;
  readonly books: ProviderBooks;
  readonly restedAtMs: number | null;
};

/** The time of what is still held ends, and the completer runs, until nothing is left to be done. */
async function untilAtRest(cloud: FaultCloud, saleId: SaleId): Promise<Rest> {
  const endsAtMs = performance.now() + REST_LIMIT_MS;
  let completedAtMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    const nowMs = performance.now();
    const isLate = nowMs > endsAtMs;
    if (isLate || (await isOpen(cloud.stores(), saleId))) {
      const facts = await readFacts(cloud.stores(), saleId);
      const books = booksOfSale(cloud.payments.books(), saleId);
      const isAtRest = isPaidAtRest(facts, books);
      if (isAtRest || isLate) return { facts, books, restedAtMs: isAtRest ? nowMs : null };
    }
    await endTime(cloud, saleId);
    if (nowMs - completedAtMs >= COMPLETE_EVERY_MS) {
      completedAtMs = nowMs;
      await cloud.complete();
    }
    await sleep(LOOK_EVERY_MS);
  }
}
