import type { Step } from "./machine.ts";
import type { Nodes } from "./nodes.ts";
import type { AnyOperation } from "./operation.ts";
import type { Call } from "./process.ts";
import { Interner } from "./value.ts";

/** What a call makes of the stores it works on, as numbers; and where its caller stands then (-1: it has none). */
export type Change = { readonly node: number; readonly ids: readonly number[]; readonly step: Step };

/** The stores of a state, as a change needs them. */
export type StoreParts = {
  readonly operation: (call: Call) => AnyOperation;
  readonly part: (name: string) => number;
  readonly interners: readonly Interner[];
};

/** Room for ids of three stores in one whole number. */
const MOST_VALUES = 2 ** 17;
const MOST_ACTORS = 32;

/** Works out once what each call makes of given stores. */
export class Changes {
  readonly #stores: StoreParts;
  readonly #nodes: Nodes;
  /** By caller, then by the stores. */
  readonly #known = new Map<number, Map<number, readonly Change[]>>();
  readonly #parts = new Map<string, readonly number[]>();
  readonly #replies = new Interner();
  readonly #many = new Interner();

  constructor(stores: StoreParts, nodes: Nodes) {
    this.#stores = stores;
    this.#nodes = nodes;
  }

  /** Parts of a state that a call works on. */
  partsOf(call: Call): readonly number[] {
    const known = this.#parts.get(call.does);
    if (known) return known;
    const parts = this.#stores.operation(call).on.map(this.#stores.part);
    if (parts.includes(-1)) throw new Error(`${call.does} works on a store that this world has not`);
    this.#parts.set(call.does, parts);
    return parts;
  }

  /** Of an actor that waits for a call. */
  of(actor: number, node: number, call: Call, state: Int32Array, onThrow: number): readonly Change[] {
    return this.#remember(node * MOST_ACTORS + actor, call, state, (reply, ids) => {
      const { node: after, statements } = this.#nodes.advance(node, reply, this.#replies.id(reply), onThrow);
      return { node: after, ids, step: { kind: "answered", actor, call, reply, statements } };
    });
  }

  /** Of a call that takes effect late. */
  ofLate(index: number, call: Call, state: Int32Array): readonly Change[] {
    return this.#remember(-1 - index, call, state, (reply, ids) => ({
      node: -1,
      ids,
      step: { kind: "late", actor: -1, call, reply, statements: [] },
    }));
  }

  #remember(
    caller: number,
    call: Call,
    state: Int32Array,
    change: (reply: unknown, ids: readonly number[]) => Change,
  ): readonly Change[] {
    let ofCaller = this.#known.get(caller);
    if (!ofCaller) this.#known.set(caller, (ofCaller = new Map()));
    const key = this.#keyOf(call, state);
    const known = ofCaller.get(key);
    if (known) return known;
    const changes = this.#outcomes(call, state).map(({ reply, ids }) => change(reply, ids));
    ofCaller.set(key, changes);
    return changes;
  }

  #outcomes(call: Call, state: Int32Array) {
    const { operation, interners } = this.#stores;
    const parts = this.partsOf(call);
    const values = parts.map((part) => interners[part]!.values[state[part]!]);
    const run = operation(call).run as (
      args: unknown,
      ...stores: unknown[]
    ) => readonly { readonly reply: unknown; readonly next: readonly unknown[] }[];
    return run(call.args, ...values).map(({ reply, next }) => ({
      reply,
      ids: next.map((value, i) =>
        value === values[i] ? state[parts[i]!]! : interners[parts[i]!]!.id(value),
      ),
    }));
  }

  #keyOf(call: Call, state: Int32Array): number {
    const parts = this.partsOf(call);
    if (parts.length > 3) return this.#many.id(parts.map((part) => state[part]));
    let key = 0;
    for (const part of parts) {
      if (state[part]! >= MOST_VALUES) throw new Error("a store has too many values");
      key = key * MOST_VALUES + state[part]!;
    }
    return key;
  }
}
