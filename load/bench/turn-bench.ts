import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import { judgeRefusals } from "./judge-refusals.ts";
import type { Measurement } from "./measurement.ts";
import { purchaseEvent } from "./purchase-event.ts";
import { purchaseFunction } from "./purchase-function.ts";
import { waitingLine } from "./waiting-line.ts";

const ROUNDS = 15;
const REFUSED_A_ROUND = 500;

/**
 * Processor time of a purchase that is refused from memory because it is not the buyer's turn, against one that is because all
 * is sold; every token and ticket is new to the function.
 */
export async function benchTurn(cloud: BenchCloud): Promise<Measurement[]> {
  const { handler } = await purchaseFunction();
  const soldOut = await createSale(cloud.apiUrl, { name: "Sold out", allocated: 1 });
  const { saleId, turns } = await waitingLine(cloud, "drawn", REFUSED_A_ROUND * (ROUNDS + 1));
  await handler(purchaseEvent(soldOut));
  const answers = async (event: APIGatewayProxyEventV2, wanted: number) => {
    const { statusCode } = await handler(event);
    if (statusCode !== wanted) throw new Error(`answered ${statusCode}, not ${wanted}`);
  };
  const [early, over] = await interleave(ROUNDS, [
    async () => {
      const events = turns.splice(0, REFUSED_A_ROUND).map((turn) => purchaseEvent(saleId, 1, turn));
      // The log is read for the first one; the others are answered from what was read.
      await answers(events[0]!, 403);
      return [await cpuOf(events, (event) => answers(event, 403))];
    },
    async () => {
      const events = Array.from({ length: REFUSED_A_ROUND }, () => purchaseEvent(soldOut));
      await answers(events[0]!, 409);
      return [await cpuOf(events, (event) => answers(event, 409))];
    },
  ]);
  return [judgeRefusals(early, over)];
}

/** Microseconds of this process for each call. */
async function cpuOf<T>(made: readonly T[], call: (input: T) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (const input of made) await call(input);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / made.length;
}
