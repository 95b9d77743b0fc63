/** How often something happened, second by second since `fromMs`. */
export class PerSecond {
  readonly #fromMs: number;
  #counts = new Float64Array(64);
  total = 0;

  constructor(fromMs = 0) {
    this.#fromMs = fromMs;
  }

  add(timeMs: number, count = 1): void {
    const second = Math.max(0, Math.floor((timeMs - this.#fromMs) / 1000));
    if (second >= this.#counts.length) {
      const counts = this.#counts;
      (this.#counts = new Float64Array(2 * second)).set(counts);
    }
    this.#counts[second]! += count;
    this.total += count;
  }

  /** In the busiest second. */
  get most(): number {
    return this.#counts.reduce((most, count) => Math.max(most, count), 0);
  }

  /** How often until the end of each second, up to the last in which it happened. */
  runningTotals(): number[] {
    const last = this.#counts.findLastIndex((count) => count > 0);
    let sum = 0;
    return Array.from(this.#counts.subarray(0, last + 1), (count) => (sum += count));
  }

  /** Of several that began together, in the second in which they are most. */
  static mostOf(all: readonly PerSecond[]): number {
    const length = Math.max(0, ...all.map((counter) => counter.#counts.length));
    let most = 0;
    for (let second = 0; second < length; second++)
      most = Math.max(
        most,
        all.reduce((sum, counter) => sum + (counter.#counts[second] ?? 0), 0),
      );
    return most;
  }
}
