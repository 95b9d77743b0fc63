import { type Clock, startStopwatch } from "../clock.ts";
import type { MetricName } from "../metrics.ts";
import type { PurchaseOutcome } from "./purchase-outcome.ts";

/** How often one instance writes what it counted: a flood of refusals must not become a flood of log lines. */
const WRITE_EVERY_MS = 1_000;

export type MetricSink = {
  readonly measure: (name: MetricName, value: number) => void;
  readonly measureOutcome: (name: MetricName, outcome: string, value: number) => void;
  readonly publish: () => void;
};

/**
 * Counts the outcomes of one instance's purchases, and times its gate.
 *
 * Written with the first purchase after a second has passed, and with every acceptance. Not guaranteed: the last counts of
 * refusals of an instance that is frozen and never thawed; acceptances are written at once.
 */
export function purchaseMetrics(sink: MetricSink, clock: Clock) {
  const refused = new Map<string, number>();
  /** Times of the gate, kept until they are written: the library takes longer to note one than to add it here. */
  let gateMs: number[] = [];
  let sinceWritten = startStopwatch(clock);

  function write(): void {
    sinceWritten = startStopwatch(clock);
    for (const [outcome, count] of refused) {
      sink.measure("PurchasesRefused", count);
      sink.measureOutcome("PurchasesRefused", outcome, count);
    }
    for (const ms of gateMs) sink.measure("GateMs", ms);
    refused.clear();
    gateMs = [];
    sink.publish();
  }

  return {
    count(outcome: PurchaseOutcome["kind"]): void {
      const isAccepted = outcome === "accepted" || outcome === "held";
      if (isAccepted) sink.measure("PurchasesAccepted", 1);
      else refused.set(outcome, (refused.get(outcome) ?? 0) + 1);
      if (isAccepted || sinceWritten() >= WRITE_EVERY_MS) write();
    },

    /** The same call, with its time noted, whether it answers or fails. */
    timed:
      <Request, Reply>(ask: (request: Request) => Promise<Reply>) =>
      async (request: Request): Promise<Reply> => {
        const elapsedMs = startStopwatch(clock);
        try {
          return await ask(request);
        } finally {
          gateMs.push(elapsedMs());
        }
      },
  };
}
