/** Numbers of events, the earliest on top; their times are in a table of the owner's. */
export class TimeHeap {
  #items = new Int32Array(256);
  length = 0;

  get top(): number {
    return this.#items[0]!;
  }

  push(times: Float64Array, item: number): void {
    if (this.length === this.#items.length) {
      const items = this.#items;
      (this.#items = new Int32Array(2 * items.length)).set(items);
    }
    const timeMs = times[item]!;
    let child = this.length++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (times[this.#items[parent]!]! <= timeMs) break;
      this.#items[child] = this.#items[parent]!;
      child = parent;
    }
    this.#items[child] = item;
  }

  pop(times: Float64Array): number {
    const top = this.#items[0]!;
    const last = this.#items[--this.length]!;
    const timeMs = times[last]!;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.length) break;
      if (child + 1 < this.length && times[this.#items[child + 1]!]! < times[this.#items[child]!]!) child++;
      if (times[this.#items[child]!]! >= timeMs) break;
      this.#items[parent] = this.#items[child]!;
      parent = child;
    }
    this.#items[parent] = last;
    return top;
  }
}
