import type { ClientAnswer } from "../verdict/client-answer.ts";

export type Timing = {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** From the first request to the last accepted answer; null if nobody was accepted. */
  readonly sellOutMs: number | null;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
};

/** How quick the answers were, as the clients saw them. */
export function timingOf(log: readonly ClientAnswer[]): Timing {
  const firstMs = log.reduce((first, { sentAtMs }) => Math.min(first, sentAtMs), Infinity);
  const lastOf = (answers: readonly ClientAnswer[]) =>
    answers.reduce((last, { answeredAtMs }) => Math.max(last, answeredAtMs), firstMs) - firstMs;
  const accepted = log.filter((answer) => answer.kind === "accepted");
  const tookMs = log.map((answer) => answer.answeredAtMs - answer.sentAtMs).sort((a, b) => a - b);
  const quantile = (share: number) => tookMs[Math.max(0, Math.ceil(tookMs.length * share) - 1)] ?? 0;
  return {
    requests: log.length,
    requestsPerSecond: log.length / (lastOf(log) / 1000),
    sellOutMs: accepted.length === 0 ? null : lastOf(accepted),
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
  };
}
