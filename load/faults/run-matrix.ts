import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Fault, FaultRun } from "./fault.ts";
import { type FaultCloud, startFaultCloud } from "./fault-cloud.ts";
import type { LineFault } from "./line/line-fault.ts";
import { runLineFault } from "./line/run-line-fault.ts";
import type { PaymentFault } from "./payment/payment-fault.ts";
import { runPaymentFault } from "./payment/run-payment-fault.ts";
import { failedFault, type FaultResult, runFault } from "./run-fault.ts";

export type MatrixOptions = {
  /** Clouds at once; each runs one fault after another. Most of a fault's time is waiting. */
  readonly clouds: number;
  readonly hasCluster: boolean;
  readonly historyFolder: string;
  readonly onResult: (result: FaultResult) => void;
};

export type AnyFault = Fault | LineFault | PaymentFault;

/** Runs each fault, every one on a fresh sale; answers the results in the order given. */
export async function runMatrix(
  runs: readonly FaultRun<AnyFault>[],
  options: MatrixOptions,
): Promise<FaultResult[]> {
  mkdirSync(options.historyFolder, { recursive: true });
  const waiting = runs.map((run, index) => ({ run, index }));
  const results: FaultResult[] = [];

  async function lane(number: number): Promise<void> {
    const cloud = await startFaultCloud(
      join(options.historyFolder, `workers-${number}.log`),
      options.hasCluster,
      ["beacon"],
    );
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { run } = next;
        const startedMs = performance.now();
        const result = await runAny(cloud, run, options.historyFolder).catch((error: unknown) =>
          failedFault(run, error, performance.now() - startedMs),
        );
        results[next.index] = result;
        options.onResult(result);
      }
    } finally {
      await cloud.stop();
    }
  }

  const lanes = Math.min(options.clouds, runs.length);
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return results;
}

function runAny(cloud: FaultCloud, { fault, purchaseLimit }: FaultRun<AnyFault>, folder: string) {
  if ("mode" in fault) return runLineFault(cloud, { fault, purchaseLimit }, folder);
  if ("isPaid" in fault) return runPaymentFault(cloud, { fault, purchaseLimit }, folder);
  return runFault(cloud, { fault, purchaseLimit }, folder);
}
