export type Concurrency = {
  /** Most requests that one function serves at the same time: Lambda's environments, each of which serves one. */
  readonly atOnce: number;
  /** Most requests that wait for that; any more are refused. */
  readonly inLine: number;
};

/**
 * A purchase waits at most a second for the ledger. On two busy cores, 32 at once have their answer in a tenth of that;
 * 500 at once had not. The line is about two seconds of purchases that the ledger must hear of, or a moment of refusals.
 */
export const DEFAULT_CONCURRENCY: Concurrency = { atOnce: 32, inLine: 1_000 };

/** Bounds how many runs there are at once, with a line in front. Whoever enters must leave, however the run ends. */
export class Bound {
  readonly #limits: Concurrency;
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(limits: Concurrency) {
    this.#limits = limits;
  }

  /** Calls `run` now, or when its turn in the line has come; answers false, and never calls it, if the line is full. */
  enter(run: () => void): boolean {
    if (this.#running < this.#limits.atOnce) {
      this.#running++;
      run();
      return true;
    }
    if (this.#line.length >= this.#limits.inLine) return false;
    this.#line.push(run);
    return true;
  }

  /** Hands the place on to the first in the line. */
  leave(): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#running--;
  }
}
