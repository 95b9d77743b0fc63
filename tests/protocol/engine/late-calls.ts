import type { Call } from "./process.ts";
import { canonical, Interner, type Renaming, renamed } from "./value.ts";

/** The calls that were not answered and may take effect at any time: a bag of them, as one number. */
export class LateCalls {
  readonly #bags: Interner;
  readonly #calls = new Interner();
  readonly #members = new Map<number, readonly (readonly [number, Call])[]>();

  constructor(bags: Interner) {
    this.#bags = bags;
  }

  /** The calls of a bag, each kind once, with their numbers. */
  of(bag: number): readonly (readonly [number, Call])[] {
    const known = this.#members.get(bag);
    if (known) return known;
    const ids = new Set(this.#list(bag).map((call) => this.#calls.id(call)));
    const members = [...ids].map((id) => [id, this.#calls.values[id] as Call] as const);
    this.#members.set(bag, members);
    return members;
  }

  plus = (bag: number, call: Call): number => this.#bags.id(sorted([...this.#list(bag), call]));

  without(bag: number, callId: number): number {
    const list = this.#list(bag);
    const at = list.findIndex((call) => this.#calls.id(call) === callId);
    return this.#bags.id(list.toSpliced(at, 1));
  }

  translate = (bag: number, names: Renaming): number =>
    this.#bags.id(sorted(renamed(this.#list(bag), names) as Call[]));

  #list = (bag: number) => this.#bags.values[bag] as readonly Call[];
}

const sorted = (calls: readonly Call[]) =>
  calls.toSorted((a, b) => canonical(a).localeCompare(canonical(b), "en"));
