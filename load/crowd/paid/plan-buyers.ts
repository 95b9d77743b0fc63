import { seededRandom } from "../../random.ts";

/** What somebody who holds a unit does about it. */
export type PayerKind =
  "pays" | "declined_first" | "last_second" | "never_opens" | "opens_and_leaves" | "gives_up";

/** A third never pays, in three ways; a fifth of the others is declined first, a tenth pays in the last second. */
const shares: readonly (readonly [PayerKind, number])[] = [
  ["never_opens", 0.11],
  ["opens_and_leaves", 0.11],
  ["gives_up", 0.11],
  ["declined_first", 0.13],
  ["last_second", 0.07],
];

/** Chooses what each does; the same seed, the same choices. */
export function planBuyers(seed: number): () => PayerKind {
  const random = seededRandom(seed);
  return () => {
    let rest = random();
    for (const [kind, share] of shares) {
      if (rest < share) return kind;
      rest -= share;
    }
    return "pays";
  };
}
