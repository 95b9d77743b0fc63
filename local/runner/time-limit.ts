/** One run under a time limit. */
export type LimitedRun = { readonly endsAtMs: number; readonly onLate: () => void };

/**
 * Ends runs that take longer than a limit, with one timer for all of them: a timer for each run costs more than all else that
 * a local gateway does for a request. Runs that began first are late first, so the timer only ever waits for the oldest.
 *
 * Times are in milliseconds of a monotonic clock.
 */
export class TimeLimit {
  readonly limitMs: number;
  /** In the order in which they began. */
  readonly #runs = new Set<LimitedRun>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** Begins a run; `onLate` is called once if it is not ended in time. */
  begin(onLate: () => void): LimitedRun {
    const run = { endsAtMs: performance.now() + this.limitMs, onLate };
    this.#runs.add(run);
    this.#timer ??= this.#lookAfter(this.limitMs);
    return run;
  }

  end(run: LimitedRun): void {
    this.#runs.delete(run);
  }

  /** Forgets every run, late or not. */
  stop(): void {
    this.#runs.clear();
    clearTimeout(this.#timer);
  }

  #lookAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const run of this.#runs) {
      if (run.endsAtMs > nowMs) {
        this.#timer = this.#lookAfter(Math.ceil(run.endsAtMs - nowMs));
        return;
      }
      this.#runs.delete(run);
      run.onLate();
    }
  }
}
