import type { Alike } from "./alike.ts";
import type { Machine, Step } from "./machine.ts";

/** A path of states as numbered steps in plain words. */
export function storyOf(
  machine: Machine,
  alike: Alike,
  rows: readonly Int32Array[],
): { readonly lines: string[]; readonly last: Int32Array } {
  const lines: string[] = [];
  let present = machine.first();
  for (const row of rows.slice(1)) {
    const next = new Int32Array(machine.width);
    const found: { step: Step; state: Int32Array }[] = [];
    machine.eachStep(present, next, (step) => {
      if (found.length > 0) return;
      const state = next.slice();
      const least = next.slice();
      alike.least(least);
      if (least.every((value, i) => value === row[i])) found.push({ step, state });
    });
    const [taken] = found;
    if (!taken) throw new Error("a state was reached by no step: two namings are not alike");
    present = taken.state;
    const words = inWords(machine, taken.step);
    if (words !== "") lines.push(`${lines.length + 1}. ${words}`);
  }
  return { lines, last: present };
}

/** One step as a sentence. */
export function inWords(machine: Machine, { kind, actor, call, reply, statements }: Step): string {
  const { sentence } = machine.operation(call);
  if (sentence(call.args, reply) === "") return "";
  const name = machine.world.actors[actor]?.name ?? "";
  const heard = statements.map(({ about, word }) => `; ${about} is told: ${word}`).join("");
  switch (kind) {
    case "answered":
      return `${name} ${sentence(call.args, reply)}${heard}`;
    case "unanswered":
      return `${name} ${sentence(call.args, null)}: no answer${heard}`;
    case "late":
      return `late, somebody ${sentence(call.args, reply)}`;
    default:
      return kind satisfies never;
  }
}
