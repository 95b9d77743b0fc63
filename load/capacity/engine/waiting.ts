/** A first-in-first-out line of subjects, each with two numbers. */
export class Waiting {
  #subjects = new Int32Array(64);
  #firsts = new Float64Array(64);
  #seconds = new Float64Array(64);
  #head = 0;
  length = 0;
  /** Of the subject that `take` has just taken. */
  subject = 0;
  first = 0;
  second = 0;

  push(subject: number, first: number, second: number): void {
    if (this.length === this.#subjects.length) this.#grow();
    const index = (this.#head + this.length++) % this.#subjects.length;
    this.#subjects[index] = subject;
    this.#firsts[index] = first;
    this.#seconds[index] = second;
  }

  /** False: nobody waits. */
  take(): boolean {
    if (this.length === 0) return false;
    this.subject = this.#subjects[this.#head]!;
    this.first = this.#firsts[this.#head]!;
    this.second = this.#seconds[this.#head]!;
    this.#head = (this.#head + 1) % this.#subjects.length;
    this.length--;
    return true;
  }

  #grow(): void {
    const from = this.#subjects.length;
    const inOrder = <T extends Int32Array | Float64Array>(old: T, made: T): T => {
      for (let i = 0; i < from; i++) made[i] = old[(this.#head + i) % from]!;
      return made;
    };
    this.#subjects = inOrder(this.#subjects, new Int32Array(2 * from));
    this.#firsts = inOrder(this.#firsts, new Float64Array(2 * from));
    this.#seconds = inOrder(this.#seconds, new Float64Array(2 * from));
    this.#head = 0;
  }
}
