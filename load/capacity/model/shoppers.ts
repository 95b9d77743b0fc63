/** How a shopper's sale ended. */
export const ends = {
  none: 0,
  accepted: 1,
  /** Told by the purchase's answer. */
  refused: 2,
  /** Told by the page: they had not pressed Buy yet, or their turn never came. */
  told: 3,
  /** Had a turn, and let it lapse. */
  lapsed: 4,
} as const;
export type End = (typeof ends)[keyof typeof ends];

/** Everybody, in typed arrays: 31 bytes each. */
export class Shoppers {
  readonly step: Uint8Array;
  readonly tries: Uint8Array;
  readonly end: Uint8Array;
  readonly isReserved: Uint8Array;
  readonly environment: Int32Array;
  readonly clickedMs: Float64Array;
  readonly sentMs: Float64Array;
  readonly takenMs: Float64Array;
  readonly answeredMs: Float64Array;
  readonly counts = [0, 0, 0, 0, 0];

  constructor(count: number) {
    this.step = new Uint8Array(count);
    this.tries = new Uint8Array(count);
    this.end = new Uint8Array(count);
    this.isReserved = new Uint8Array(count);
    this.environment = new Int32Array(count);
    this.clickedMs = new Float64Array(count);
    this.sentMs = new Float64Array(count);
    this.takenMs = new Float64Array(count);
    this.answeredMs = new Float64Array(count);
    this.counts[ends.none] = count;
  }

  /** @throws Error if this shopper's sale has ended already: somebody would be counted twice. */
  finish(shopper: number, end: End, nowMs: number): void {
    if (this.end[shopper] !== ends.none) throw new Error(`shopper ${shopper} ends twice`);
    this.end[shopper] = end;
    this.answeredMs[shopper] = nowMs;
    this.counts[ends.none]!--;
    this.counts[end]!++;
  }
}
