/** What a store may make of a call: its reply, and the stores afterwards, in the order of `on`. */
export type Outcome<Reply> = { readonly reply: Reply; readonly next: readonly unknown[] };

/**
 * A call that a process can make.
 *
 * "write": may also be unanswered, and then take effect at any time, or never. "read": may be unanswered. "certain":
 * neither; it is no message to a store, but something that happens.
 */
export type Operation<Args, Reply> = {
  readonly kind: "write" | "read" | "certain";
  /** Names of the stores that it works on: one, but for what only watches. */
  readonly on: readonly string[];
  /** Every outcome that is possible now; none: the caller waits. */
  readonly run: (args: Args, ...stores: never[]) => readonly Outcome<Reply>[];
  /** Which cells of its stores it touches, if not all of them. */
  readonly touches?: Touches;
  /** In plain words, for a story: "asks the gate for 1 unit: reserved". */
  readonly sentence: (args: Args, reply: Reply) => string;
};

/**
 * Cells that an operation reads, writes, or adds to; "gate" is the whole store, "gate.inside" a part. Two that only add to a
 * cell may come in either order: neither learns of the other.
 */
export type Touches = {
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  readonly adds?: readonly string[];
};

/** The same operation, and the cells that it touches. */
export const touching = <Args, Reply>(
  touches: Touches,
  operation: Operation<Args, Reply>,
): Operation<Args, Reply> => ({ ...operation, touches });

type Sentence<Args, Reply> = (args: Args, reply: Reply) => string;

/** A call that changes one store, or makes the caller wait (null). */
export const write = <Store, Args, Reply>(
  store: string,
  run: (args: Args, store: Store) => readonly [Reply, Store] | null,
  sentence: Sentence<Args, Reply>,
): Operation<Args, Reply> => changing("write", store, run, sentence);

/** The same where nothing can go wrong. */
export const happening = <Store, Args, Reply>(
  store: string,
  run: (args: Args, store: Store) => readonly [Reply, Store] | null,
  sentence: Sentence<Args, Reply>,
): Operation<Args, Reply> => changing("certain", store, run, sentence);

function changing<Store, Args, Reply>(
  kind: "write" | "certain",
  store: string,
  run: (args: Args, store: Store) => readonly [Reply, Store] | null,
  sentence: Sentence<Args, Reply>,
): Operation<Args, Reply> {
  const all = (args: Args, present: Store) => {
    const outcome = run(args, present);
    return outcome === null ? [] : [{ reply: outcome[0], next: [outcome[1]] }];
  };
  return { kind, on: [store], run: all, sentence };
}

/** A call that only reads one store. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it types the store of what is given
export function read<Store, Args, Reply>(
  store: string,
  run: (args: Args, store: Store) => Reply,
  sentence: Sentence<Args, Reply>,
): Operation<Args, Reply> {
  const all = (args: Args, present: Store) => [{ reply: run(args, present), next: [present] }];
  return { kind: "read", on: [store], run: all, sentence };
}

/** Waits until something is so. A hint for when to look, never knowledge: whoever acts reads for themselves. */
export const watch = (on: readonly string[], isSo: (...stores: never[]) => boolean, sentence: string) =>
  ({
    kind: "certain",
    on,
    run: (_: unknown, ...stores: never[]) => (isSo(...stores) ? [{ reply: null, next: stores }] : []),
    sentence: () => sentence,
  }) satisfies Operation<unknown, null>;

// oxlint-disable-next-line typescript/no-explicit-any -- arguments and replies of all kinds, named where they are called
export type AnyOperation = Operation<any, any>;
export type Operations = Readonly<Record<string, AnyOperation>>;
