import { seededRandom } from "../../random.ts";

/** What somebody who holds a unit does about it. */
export type PayerKind =
  "pays" | "declined_first" | "last_second" | "never_opens" | "opens_and_leaves" | "gives_up";

/** A third never pays, in three ways; a fifth is declined first and pays then; a tenth pays in the last second. */
export const shares: Readonly<Record<Exclude<PayerKind, "pays">, number>> = {
  never_opens: 1 / 9,
  opens_and_leaves: 1 / 9,
  gives_up: 1 / 9,
  declined_first: 1 / 5,
  last_second: 1 / 10,
};

/** How many of so many holders do what; every kind at least once, as far as there are holders. */
export const countOf = (kind: keyof typeof shares, holders: number): number =>
  Math.max(1, Math.round(shares[kind] * holders));

/** What each of so many holders does: exactly the shares, in an order of its own. The same seed, the same plan. */
export function planBuyers(seed: number, holders: number): readonly PayerKind[] {
  const kinds = (Object.keys(shares) as (keyof typeof shares)[]).flatMap((kind) =>
    Array.from<PayerKind>({ length: countOf(kind, holders) }).fill(kind),
  );
  const plan = [...kinds, ...Array.from<PayerKind>({ length: holders }).fill("pays")].slice(0, holders);
  return shuffled(plan, seededRandom(seed));
}

/** What becomes of a unit that somebody has paid for. */
export type Turn = "keeps" | "withdraws" | "is_refunded";

/** Of those who have paid, a tenth withdraws from all they have, and a twentieth is refunded by an operator, one unit each. */
const turns: Readonly<Record<Exclude<Turn, "keeps">, number>> = { withdraws: 1 / 10, is_refunded: 1 / 20 };

/**
 * What becomes of so many who have paid: exactly the shares, and one of each at least. The same seed, the same plan.
 */
export function planTurns(seed: number, paid: number): readonly Turn[] {
  const count = (turn: keyof typeof turns) => Math.max(1, Math.round(turns[turn] * paid));
  const plan = (Object.keys(turns) as (keyof typeof turns)[]).flatMap((turn) =>
    Array.from<Turn>({ length: count(turn) }).fill(turn),
  );
  return shuffled(
    [...plan, ...Array.from<Turn>({ length: paid }).fill("keeps")].slice(0, paid),
    seededRandom(seed),
  );
}

/** Of those who were told that all is sold out, so many try again: more than units come back. */
const TRY_AGAIN = 1 / 10;
/** Of a small crowd as well, since of a few units a few come back. */
const LEAST_TRY_AGAIN = 20;

/** Those of so many people who try again. The same seed, the same choice. */
export function chooseAgain<T>(seed: number, people: readonly T[]): readonly T[] {
  const count = Math.max(LEAST_TRY_AGAIN, Math.round(TRY_AGAIN * people.length));
  return shuffled(people, seededRandom(seed)).slice(0, count);
}

/** What those do who get a unit that came back: every tenth gives it up again, so that some units come back twice. */
export function planAgain(seed: number, people: number): readonly PayerKind[] {
  const kinds = Array.from({ length: people }, (_, i): PayerKind => (i % 10 === 0 ? "gives_up" : "pays"));
  return shuffled(kinds, seededRandom(seed));
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const left = [...all];
  return all.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}
