/** Work that belongs to no shopper: its number in the calendar is negative. */
export class Jobs {
  readonly #whenDone = new Map<number, () => void>();
  #last = 0;

  /** A subject for a station; `whenDone` is called when it leaves. */
  add(whenDone: () => void = () => {}): number {
    this.#whenDone.set(--this.#last, whenDone);
    return this.#last;
  }

  done(subject: number): void {
    const whenDone = this.#whenDone.get(subject);
    this.#whenDone.delete(subject);
    whenDone?.();
  }
}
