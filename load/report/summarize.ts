import type { AnswerClass } from "./answer-class.ts";

/** One request of a shopper, as a report counts it. Times are milliseconds since 1970. */
export type RequestLine = {
  readonly what: "purchase" | "status" | "order";
  /** Of a purchase the answer's kind, of a look its status. */
  readonly kind: string;
  readonly answerClass: AnswerClass;
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
};

/** How often one answer was given, and how long it took. */
export type OutcomeRow = Pick<RequestLine, "what" | "kind" | "answerClass"> & {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** One row for each answer, purchases first, the most frequent first. */
export function outcomeRows(lines: readonly RequestLine[]): OutcomeRow[] {
  const groups = Map.groupBy(lines, ({ what, kind }) => `${what} ${kind}`);
  const rows = [...groups.values()].map((group): OutcomeRow => {
    const [{ what, kind, answerClass }] = group as [RequestLine];
    const took = sortedTimes(group);
    const [p50Ms, p95Ms, p99Ms, maxMs] = [0.5, 0.95, 0.99, 1].map((share) => quantile(took, share)) as [
      number,
      number,
      number,
      number,
    ];
    return { what, kind, answerClass, count: group.length, p50Ms, p95Ms, p99Ms, maxMs };
  });
  const rank = ({ what }: OutcomeRow) => ["purchase", "order", "status"].indexOf(what);
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** One second of a run. */
export type Second = {
  /** Since the first request. */
  readonly second: number;
  /** Answers to purchases. */
  readonly purchases: Readonly<Record<AnswerClass, number>>;
  /** Answers to who looked at a sale or an order. */
  readonly looks: number;
  /** Of purchases; null: none was answered. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
};

/** The run, second by second, by when answers came; seconds without any are there too. */
export function timeline(lines: readonly RequestLine[]): Second[] {
  if (lines.length === 0) return [];
  const firstMs = lines.reduce((first, { sentAtMs }) => Math.min(first, sentAtMs), Infinity);
  const bySecond = Map.groupBy(lines, ({ answeredAtMs }) => Math.floor((answeredAtMs - firstMs) / 1000));
  const last = Math.max(...bySecond.keys());
  return Array.from({ length: last + 1 }, (_, second) => {
    const all = bySecond.get(second) ?? [];
    const bought = all.filter(({ what }) => what === "purchase");
    const purchases = { accepted: 0, refused: 0, limited: 0, unclear: 0, failed: 0 };
    for (const line of bought) purchases[line.answerClass]++;
    const took = sortedTimes(bought);
    const at = (share: number) => (took.length === 0 ? null : quantile(took, share));
    return { second, purchases, looks: all.length - bought.length, p50Ms: at(0.5), p99Ms: at(0.99) };
  });
}

const sortedTimes = (lines: readonly RequestLine[]) =>
  lines.map(({ sentAtMs, answeredAtMs }) => answeredAtMs - sentAtMs).sort((a, b) => a - b);

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
