/** The states that were visited, each once: rows of numbers in one array, found again by a hash table. */
export class Visited {
  readonly #width: number;
  #rows: Int32Array;
  #table: Int32Array;
  count = 0;

  constructor(width: number) {
    this.#width = width;
    this.#rows = new Int32Array(width * 1024);
    this.#table = new Int32Array(4096).fill(-1);
  }

  row = (index: number): Int32Array => this.#rows.subarray(index * this.#width, (index + 1) * this.#width);

  /** The state's index; a new state gets the next one. */
  add(state: Int32Array): number {
    if (this.count * 2 >= this.#table.length) this.#grow();
    const slot = this.#slot(state);
    if (this.#table[slot] !== -1) return this.#table[slot]!;
    const index = this.count++;
    if (index * this.#width >= this.#rows.length) {
      const rows = new Int32Array(this.#rows.length * 2);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    this.#rows.set(state, index * this.#width);
    this.#table[slot] = index;
    return index;
  }

  #slot(state: Int32Array): number {
    const mask = this.#table.length - 1;
    let slot = hash(state) & mask;
    while (this.#table[slot] !== -1 && !this.#isAt(this.#table[slot]!, state)) slot = (slot + 1) & mask;
    return slot;
  }

  #isAt(index: number, state: Int32Array): boolean {
    const from = index * this.#width;
    for (let i = 0; i < this.#width; i++) if (this.#rows[from + i] !== state[i]) return false;
    return true;
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(-1);
    for (let index = 0; index < this.count; index++) this.#table[this.#slot(this.row(index))] = index;
  }
}

function hash(state: Int32Array): number {
  let mixed = 0x9e3779b9;
  for (let i = 0; i < state.length; i++) {
    mixed = Math.imul(mixed ^ state[i]!, 0x85ebca6b);
    mixed ^= mixed >>> 13;
  }
  return mixed >>> 0;
}
