/**
 * Megabytes of each function. CPU grows with memory (1,769 MB is one core), so the ones that shoppers wait for get more
 * than they fill. tests/synth/deployed.synth.test.ts measures what the deployed bundles hold at their peak and demands
 * that it be at most 70 % of this.
 */
const exceptions: Readonly<Record<string, number>> = {
  "functions/http/purchase.ts": 1024,
  "functions/pages/plain-purchase.ts": 1024,
  "functions/http/sale-reconciliation.ts": 1024,
  "functions/queue/order-consumer.ts": 1024,
  "functions/schedule/guardian.ts": 1024,
  "functions/operations/operations.ts": 1024,
};

export const memoryMegabytes = (handler: string): number => exceptions[handler] ?? 512;
