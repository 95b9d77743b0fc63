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
  /** Everybody's own, but for identities of one hand. */
  readonly address: string;
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
/** Identities behind one address. Of each hand so many solve at least: more than one address can bring into lane 0. */
const HAND = { identities: 1_000, leastSolving: 40 } as const;
/** What `core/bots/risk.ts` lets one address bring into lane 0: within a minute, and at all. */
export const LANE_0_OF_AN_ADDRESS = { least: 14, most: 29 } as const;
const REACTION_MS = { least: 300, most: 2_500 };

export type PeoplePlan = { readonly people: number; readonly honestShare: number; readonly seed: number };

/** The honest, of whom there is one at least, and bots of each kind; in the order in which they come, by the seed. */
export function planPeople({ people, honestShare, seed }: PeoplePlan): Person[] {
  const random = seededRandom(seed);
  const honest = Math.max(1, Math.round(people * honestShare));
  const bots = botKinds(people - honest);
  const plan = [...Array.from({ length: honest }, (): Kind => "honest"), ...bots].map((kind, place) => ({
    kind,
    solves: random() < SOLVING_BOTS || kind === "honest",
    reactionMs: kind === "honest" ? between(random()) : 0,
    address: addressOf(place),
  }));
  return shuffled(inHands(plan), random);
}

const between = (chance: number) =>
  Math.round(REACTION_MS.least + chance * (REACTION_MS.most - REACTION_MS.least));

/** Of 198.18.0.0/15, which is nobody's: RFC 2544 keeps it for measurements. */
const addressOf = (place: number): string =>
  `198.${18 + ((place >> 16) & 1)}.${(place >> 8) & 255}.${place & 255}`;

/** Gives the identities of each hand its first one's address, and has as many solve as the hand has processor time for. */
function inHands(plan: readonly Person[]): Person[] {
  const hands = Map.groupBy(plan.filter(isOfHand).entries(), ([place]) =>
    Math.floor(place / HAND.identities),
  );
  const solving = [...hands.values()].flatMap((hand) => {
    const solvers = Math.max(HAND.leastSolving, Math.round(hand.length * SOLVING_BOTS));
    const address = hand[0]![1].address;
    return hand.map(([, person], place) => ({ ...person, address, solves: place < solvers }));
  });
  return [...plan.filter((person) => !isOfHand(person)), ...solving];
}

export const isOfHand = ({ kind }: Pick<Person, "kind">): boolean => kind === "many_identities";

/** Who is sure to stand in lane 0 of the first list: the honest, and bots that solve, come in time, and are not too many. */
export function leastInLane0(people: readonly Person[]): number {
  const inTime = people.filter(({ solves, kind }) => solves && kind !== "late_burst");
  const hands = Map.groupBy(inTime.filter(isOfHand), ({ address }) => address).values();
  const ofHands = [...hands].map(({ length }) => Math.min(length, LANE_0_OF_AN_ADDRESS.least));
  return ofHands.reduce((sum, count) => sum + count, inTime.filter((one) => !isOfHand(one)).length);
}

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
