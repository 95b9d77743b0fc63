import { TimeHeap } from "./time-heap.ts";

/** A wheel of so many milliseconds; what is further away waits in a heap. */
const WHEEL_MS = 2 ** 15;
const NONE = -1;

/**
 * What will happen, by time. An event is a kind and a subject, both whole numbers, and nothing is made for one: they lie in
 * typed arrays. Events within half a minute hang on a wheel with a place for each millisecond, so that one more of a million
 * costs no more than one of ten; only those of the present millisecond are sorted.
 *
 * Events of one instant come in an order that the same run repeats.
 */
export class Calendar {
  #times = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #subjects = new Int32Array(1024);
  #nexts = new Int32Array(1024);
  #used = 0;
  #firstFree = NONE;
  readonly #wheel = new Int32Array(WHEEL_MS).fill(NONE);
  #onWheel = 0;
  /** The millisecond whose events are in `#present`. */
  #cursor = 0;
  readonly #present = new TimeHeap();
  readonly #far = new TimeHeap();
  /** Milliseconds since the opening. */
  nowMs = 0;
  /** Of the event that `next` has just taken. */
  kind = 0;
  subject = 0;

  /** @param timeMs not before now */
  at(timeMs: number, kind: number, subject: number): void {
    const event = this.#take();
    this.#times[event] = timeMs;
    this.#kinds[event] = kind;
    this.#subjects[event] = subject;
    this.#place(event);
  }

  /** Moves the clock to the next event and takes it; false: there is none. */
  next(): boolean {
    while (this.#present.length === 0) if (!this.#turn()) return false;
    const event = this.#present.pop(this.#times);
    this.nowMs = this.#times[event]!;
    this.kind = this.#kinds[event]!;
    this.subject = this.#subjects[event]!;
    this.#nexts[event] = this.#firstFree;
    this.#firstFree = event;
    return true;
  }

  #place(event: number): void {
    const millisecond = Math.floor(this.#times[event]!);
    if (millisecond <= this.#cursor) return this.#present.push(this.#times, event);
    if (millisecond >= this.#cursor + WHEEL_MS) return this.#far.push(this.#times, event);
    const place = millisecond % WHEEL_MS;
    this.#nexts[event] = this.#wheel[place]!;
    this.#wheel[place] = event;
    this.#onWheel++;
  }

  /** The wheel goes on by a millisecond, or to the next event if nothing hangs on it; false: nothing is left. */
  #turn(): boolean {
    if (this.#onWheel > 0) this.#cursor++;
    else if (this.#far.length > 0) this.#cursor = Math.floor(this.#times[this.#far.top]!);
    else return false;
    while (this.#far.length > 0 && this.#times[this.#far.top]! < this.#cursor + WHEEL_MS)
      this.#place(this.#far.pop(this.#times));
    const place = this.#cursor % WHEEL_MS;
    for (let event = this.#wheel[place]!; event !== NONE; event = this.#nexts[event]!) {
      this.#present.push(this.#times, event);
      this.#onWheel--;
    }
    this.#wheel[place] = NONE;
    return true;
  }

  #take(): number {
    if (this.#firstFree !== NONE) {
      const event = this.#firstFree;
      this.#firstFree = this.#nexts[event]!;
      return event;
    }
    if (this.#used === this.#times.length) this.#grow();
    return this.#used++;
  }

  #grow(): void {
    const size = 2 * this.#used;
    const [times, kinds, subjects, nexts] = [this.#times, this.#kinds, this.#subjects, this.#nexts];
    (this.#times = new Float64Array(size)).set(times);
    (this.#kinds = new Uint8Array(size)).set(kinds);
    (this.#subjects = new Int32Array(size)).set(subjects);
    (this.#nexts = new Int32Array(size)).set(nexts);
  }
}
