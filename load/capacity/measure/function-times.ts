import { createSale } from "../../create-sale.ts";
import type { Cloud } from "../../../local/cloud.ts";
import { purchaseEvent } from "../../bench/purchase-event.ts";
import { purchaseFunction, type PurchaseFunction } from "../../bench/purchase-function.ts";
import { refusingSale } from "../../bench/refusing-sale.ts";
import { median } from "../../bench/median.ts";
import type { SaleId } from "../../../core/ids.ts";
import type { ServiceTimes } from "../service-times.ts";

const ROUNDS = 5;
const CALLS = 400;

type Kind = { readonly saleId: SaleId; readonly quantity: number; readonly status: number };

/**
 * The purchase function's processor time for a request, as Lambda runs it: one after the other, a token never seen before
 * each. The stores are processes of their own. Rounds in turn; the first warms up.
 */
export async function measureFunction(cloud: Cloud): Promise<ServiceTimes["function"]> {
  const { handler } = await purchaseFunction();
  const allocated = (ROUNDS + 1) * CALLS;
  const open = await createSale(cloud.apiUrl, { name: "Accepting", allocated });
  const soldOut = await createSale(cloud.apiUrl, { name: "Sold out", allocated: 1 });
  await handler(purchaseEvent(soldOut));
  const memory = { saleId: soldOut, quantity: 1, status: 409 };
  const refused = { saleId: await refusingSale(cloud), quantity: 2, status: 409 };
  const accepted = { saleId: open, quantity: 1, status: 202 };
  const seen: number[][] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round++)
    for (const [index, kind] of [memory, refused, accepted].entries()) {
      const ms = await processorMs(handler, kind);
      if (round > 0) seen[index]!.push(ms);
    }
  const [memoryMs = NaN, refusedMs = NaN, acceptedMs = NaN] = seen.map(median);
  return { memoryMs, refusedMs, acceptedMs };
}

async function processorMs(handler: PurchaseFunction["handler"], kind: Kind): Promise<number> {
  const events = Array.from({ length: CALLS }, () => purchaseEvent(kind.saleId, kind.quantity));
  const before = process.cpuUsage();
  for (const event of events) {
    const { statusCode } = await handler(event);
    if (statusCode !== kind.status) throw new Error(`answered ${statusCode}, not ${kind.status}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / CALLS;
}
