import type { BenchCloud } from "./bench-cloud.ts";
import { bareReserve } from "./bare-reserve.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { purchaseEvent } from "./purchase-event.ts";
import { purchaseFunction } from "./purchase-function.ts";
import { refusingSale } from "./refusing-sale.ts";

const BLOCKS = 20;
const CALLS_PER_BLOCK = 500;
const QUANTITY = 2;
const WHY =
  "what the function does before the call and after it runs on a processor that has slept in between; called without a pause, it takes a quarter of that. Redis and network take the same on both sides";

/** The purchase function refused by the gate, one call after the other as Lambda does, against bare EVALSHA. */
export async function benchGate(cloud: BenchCloud): Promise<Measurement[]> {
  const { handler, redis } = await purchaseFunction();
  const saleId = await refusingSale(cloud);
  const makeBare = await bareReserve(redis, saleId, QUANTITY);

  const [handlerMs, bareMs] = await interleave(BLOCKS, [
    () =>
      timeEach(
        () => purchaseEvent(saleId, QUANTITY),
        async (event) => {
          const { statusCode } = await handler(event);
          if (statusCode !== 409) throw new Error(`the gate did not refuse: ${statusCode}`);
        },
      ),
    () => timeEach(makeBare, (call) => call()),
  ]);
  const parts = `${(handlerMs * 1000).toFixed(0)} µs against ${(bareMs * 1000).toFixed(0)} µs`;
  return [
    ratio("purchase refused by the gate, p50 / bare EVALSHA", handlerMs / bareMs, parts, { most: 1.3 }, WHY),
  ];
}

/** Times each call, in milliseconds; what it is called with is made before the block, untimed. */
async function timeEach<T>(make: () => T, call: (made: T) => Promise<unknown>): Promise<number[]> {
  const made = Array.from({ length: CALLS_PER_BLOCK }, make);
  const took: number[] = [];
  for (const input of made) {
    const startedMs = performance.now();
    await call(input);
    took.push(performance.now() - startedMs);
  }
  return took;
}
