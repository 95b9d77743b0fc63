import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { newBuyerId, newOrderId, type SaleId } from "../../core/ids.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { localSession } from "../local-session.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { apiEvent } from "./purchase-event.ts";
import { waitingLine } from "./waiting-line.ts";

const BLOCKS = 20;
const CALLS_A_BLOCK = 100;

/** Joining a line without a puzzle, in the function, against one bare put of the ledger: one after the other, as Lambda has them. */
export async function benchJoin(cloud: BenchCloud): Promise<Measurement[]> {
  const { handler } = await import("../../functions/http/join-line.ts");
  const { ledger } = await ledgerClients(loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT"]));
  const { saleId } = await waitingLine(cloud, "joining");
  const [joinMs, putMs] = await interleave(BLOCKS, [
    () =>
      timeEach(
        () => joinEvent(saleId),
        async (event) => {
          const { statusCode } = await handler(event);
          if (statusCode !== 201) throw new Error(`a join was answered ${statusCode}`);
        },
      ),
    () =>
      timeEach(
        () => aReservation(saleId),
        async (made) => void (await ledger.put(made)),
      ),
  ]);
  const parts = `${(joinMs * 1000).toFixed(0)} µs against ${(putMs * 1000).toFixed(0)} µs`;
  return [ratio("join without its puzzle, p50 / a bare ledger put", joinMs / putMs, parts, { most: 1.3 })];
}

const joinEvent = (saleId: SaleId) =>
  apiEvent("POST /api/sale/{saleId}/line/entry", { saleId, token: localSession().token, body: {} });

function aReservation(saleId: SaleId): Reservation {
  const nowMs = Date.now();
  const ids = { saleId, buyerId: newBuyerId(nowMs), orderId: newOrderId(saleId, nowMs) };
  const made = { n: 1_001, quantity: 1, place: 1, epoch: 1, keyHash: "AAAABBBBCCCCDDDD" };
  return { ...ids, ...made, reservedAtMs: nowMs, requestId: "bench" };
}

/** Times each call, in milliseconds; what it is called with is made before the block, untimed. */
async function timeEach<T>(make: () => T, call: (made: T) => Promise<void>): Promise<number[]> {
  const made = Array.from({ length: CALLS_A_BLOCK }, make);
  const took: number[] = [];
  for (const input of made) {
    const startedMs = performance.now();
    await call(input);
    took.push(performance.now() - startedMs);
  }
  return took;
}
