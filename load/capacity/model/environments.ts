import { TokenBucket } from "../engine/token-bucket.ts";
import { Waiting } from "../engine/waiting.ts";
import type { Stage } from "./stage.ts";

type Limits = NonNullable<Stage["environments"]>;

/** How long an environment repeats "sold out" from memory; core/purchase/sale-memory.ts. */
const MEMORY_MS = 1_000;

/**
 * The purchase function's environments: each has one request at a time, and remembers for itself that a sale is sold out.
 * The one that has been free for longest comes next; Lambda does not say which it takes.
 */
export class Environments {
  readonly #limits: Limits;
  readonly #free = new Waiting();
  readonly #starts: TokenBucket;
  readonly #soldOutUntilMs: Float64Array;
  readonly #readyAtMs: Float64Array;
  count: number;
  busy = 0;
  mostBusy = 0;
  coldStarts = 0;

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits;
    this.#starts = new TokenBucket(limits.startsPerSecond, limits.startsAtOnce, nowMs);
    this.#soldOutUntilMs = new Float64Array(limits.most);
    this.#readyAtMs = new Float64Array(limits.most);
    this.count = Math.min(limits.warm, limits.most);
    for (let index = 0; index < this.count; index++) this.#free.push(index, 0, 0);
  }

  /** An environment for a request; null: Lambda refuses. */
  take(nowMs: number): number | null {
    if (!this.#free.take()) {
      if (this.count === this.#limits.most || !this.#starts.take(nowMs)) return null;
      this.coldStarts++;
      this.#readyAtMs[this.count] = nowMs + this.#limits.coldMs;
      return this.#occupy(this.count++);
    }
    return this.#occupy(this.#free.subject);
  }

  #occupy(index: number): number {
    this.mostBusy = Math.max(this.mostBusy, ++this.busy);
    return index;
  }

  /** How long a cold start still takes. */
  coldMs = (index: number, nowMs: number): number => Math.max(0, this.#readyAtMs[index]! - nowMs);

  release(index: number): void {
    this.busy--;
    this.#free.push(index, 0, 0);
  }

  /** When an environment that was taken at `takenAtMs` may have its next request. */
  freeAtMs = (takenAtMs: number, nowMs: number): number =>
    Math.max(nowMs, takenAtMs + this.#limits.leastHoldMs);

  knowsSoldOut = (index: number, nowMs: number): boolean => nowMs < this.#soldOutUntilMs[index]!;

  learnSoldOut(index: number, askedAtMs: number): void {
    this.#soldOutUntilMs[index] = askedAtMs + MEMORY_MS;
  }
}

/** One process that takes every request at once, as the local cloud does. */
export const oneProcess: Limits = {
  warm: 1,
  most: 1,
  startsPerSecond: 0,
  startsAtOnce: 0,
  coldMs: 0,
  leastHoldMs: 0,
};
