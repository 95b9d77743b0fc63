/**
 * What will happen, by time: a binary heap in typed arrays, so that a million shoppers take 13 bytes each.
 *
 * An event is a kind and a subject, both whole numbers. Events of one instant come in an order that the same run repeats.
 */
export class Calendar {
  #times = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #subjects = new Int32Array(1024);
  #length = 0;
  /** Milliseconds since the opening; negative before it. */
  nowMs = 0;
  /** Of the event that `next` has just taken. */
  kind = 0;
  subject = 0;

  at(timeMs: number, kind: number, subject: number): void {
    if (this.#length === this.#times.length) this.#grow();
    let child = this.#length++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#times[parent]! <= timeMs) break;
      this.#copy(parent, child);
      child = parent;
    }
    this.#put(child, timeMs, kind, subject);
  }

  /** Moves the clock to the next event and takes it; false: there is none. */
  next(): boolean {
    if (this.#length === 0) return false;
    this.nowMs = this.#times[0]!;
    this.kind = this.#kinds[0]!;
    this.subject = this.#subjects[0]!;
    const last = --this.#length;
    if (last > 0) this.#sink(this.#times[last]!, this.#kinds[last]!, this.#subjects[last]!);
    return true;
  }

  #sink(timeMs: number, kind: number, subject: number): void {
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.#length) break;
      if (child + 1 < this.#length && this.#times[child + 1]! < this.#times[child]!) child++;
      if (this.#times[child]! >= timeMs) break;
      this.#copy(child, parent);
      parent = child;
    }
    this.#put(parent, timeMs, kind, subject);
  }

  #put(index: number, timeMs: number, kind: number, subject: number): void {
    this.#times[index] = timeMs;
    this.#kinds[index] = kind;
    this.#subjects[index] = subject;
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#times[from]!, this.#kinds[from]!, this.#subjects[from]!);
  }

  #grow(): void {
    const size = 2 * this.#length;
    const [times, kinds, subjects] = [this.#times, this.#kinds, this.#subjects];
    (this.#times = new Float64Array(size)).set(times);
    (this.#kinds = new Uint8Array(size)).set(kinds);
    (this.#subjects = new Int32Array(size)).set(subjects);
  }
}
