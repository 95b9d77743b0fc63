import { seededRandom } from "../random.ts";

/** Who comes to a launch: honest people, and the bots that want what they want. */
export const kinds = [
  /** One person with one entry and one purchase, who solves the puzzle. */
  "honest",
  /** One identity that tries many times, with a key of its own each time. */
  "many_tries",
  /** One of many identities of the same hand, behind one address. */
  "many_identities",
  /** Buys before the opening, and before its turn. */
  "early_hammering",
  /** Buys with another's ticket, and joins with another's solution. */
  "replay",
  /** Joins in the last moment, all at once. */
  "late_burst",
] as const;
export type Kind = (typeof kinds)[number];
export type Bot = Exclude<Kind, "honest">;

export type Person = {
  readonly kind: Kind;
  /** Whether they spend the work that a puzzle takes, where there is one. */
  readonly solves: boolean;
  /** From the moment at which they may buy until they do. */
  readonly reactionMs: number;
};

/** Of the bots. The most common bot is the cheapest one: another identity. */
const SHARES: Readonly<Record<Bot, number>> = {
  many_identities: 0.5,
  early_hammering: 0.15,
  late_burst: 0.15,
  many_tries: 0.1,
  replay: 0.1,
};
/** A bot's identities pay with the processor of one machine: so many of them can. */
const SOLVING_BOTS = 0.05;
const REACTION_MS = { least: 300, most: 2_500 };

export type PeoplePlan = { readonly people: number; readonly honestShare: number; readonly seed: number };

/** The honest, of whom there is one at least, and bots of each kind; in the order in which they come, by the seed. */
export function planPeople({ people, honestShare, seed }: PeoplePlan): Person[] {
  const random = seededRandom(seed);
  const honest = Math.max(1, Math.round(people * honestShare));
  const bots = botKinds(people - honest);
  const plan = [...Array.from({ length: honest }, (): Kind => "honest"), ...bots].map((kind) => ({
    kind,
    solves: random() < SOLVING_BOTS || kind === "honest",
    reactionMs: kind === "honest" ? between(random()) : 0,
  }));
  return shuffled(plan, random);
}

const between = (chance: number) =>
  Math.round(REACTION_MS.least + chance * (REACTION_MS.most - REACTION_MS.least));

function botKinds(count: number): Bot[] {
  const found = (Object.keys(SHARES) as Bot[]).flatMap((kind) =>
    Array.from({ length: Math.floor(count * SHARES[kind]) }, () => kind),
  );
  const rest = Array.from({ length: count - found.length }, (): Bot => "many_identities");
  return [...found, ...rest];
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}
