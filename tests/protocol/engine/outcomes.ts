import type { Machine } from "./machine.ts";
import type { Call } from "./process.ts";
import { Interner } from "./value.ts";

const replies = new WeakMap<Machine, Interner>();

/** What a call makes of the stores in a state. */
export function outcomesOf(machine: Machine, call: Call, state: Int32Array) {
  const operation = machine.operation(call);
  const values = operation.on.map((name) => machine.value(state, name));
  const interner = replies.get(machine) ?? new Interner();
  replies.set(machine, interner);
  const run = operation.run as unknown as (
    args: unknown,
    ...stores: unknown[]
  ) => readonly { readonly reply: unknown; readonly next: readonly unknown[] }[];
  return run(call.args, ...values).map(({ reply, next }) => ({
    reply,
    replyId: interner.id(reply),
    ids: next.map((value, index) =>
      value === values[index]
        ? state[machine.part(operation.on[index]!)]!
        : machine.interners[machine.part(operation.on[index]!)]!.id(value),
    ),
  }));
}
