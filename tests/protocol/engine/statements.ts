import type { Statement } from "./process.ts";
import type { Interner } from "./value.ts";

/** What people were told so far: about whom or what → words. */
type ToldAll = Readonly<Record<string, Readonly<Record<string, true>>>>;

/** Adds to what people were told; as a number. */
export class Statements {
  readonly #interner: Interner;
  readonly #after = new Map<string, number>();

  constructor(interner: Interner) {
    this.#interner = interner;
  }

  after(before: number, statements: readonly Statement[]): number {
    if (statements.length === 0) return before;
    const key = `${before}${statements.map(({ about, word }) => `/${about}/${word}`).join("")}`;
    const known = this.#after.get(key);
    if (known !== undefined) return known;
    const heard = statements.reduce<ToldAll>(
      (all, { about, word }) => ({ ...all, [about]: { ...all[about], [word]: true } }),
      this.#interner.values[before] as ToldAll,
    );
    const id = this.#interner.id(heard);
    this.#after.set(key, id);
    return id;
  }
}
