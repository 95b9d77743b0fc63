/** What one node of the gate is good for. */
export type GateSize = {
  readonly memoryGigabytes: number;
  /**
   * Attempts a second that may be planned for. Guesses on the safe side: nothing was measured on AWS. The scripts run on
   * one core, so a larger node of a family decides no more; a t4g has its whole core only while it has CPU credits.
   */
  readonly attemptsPerSecond: number;
};

/** Node types that a stage may be deployed with; memory as AWS lists it. One sale lives on one node, however many there are. */
export const gateSizes = {
  "t4g.micro": { memoryGigabytes: 0.5, attemptsPerSecond: 300 },
  "t4g.small": { memoryGigabytes: 1.37, attemptsPerSecond: 1_000 },
  "t4g.medium": { memoryGigabytes: 3.09, attemptsPerSecond: 2_000 },
  "m7g.large": { memoryGigabytes: 6.38, attemptsPerSecond: 8_000 },
  "r7g.large": { memoryGigabytes: 13.07, attemptsPerSecond: 8_000 },
  "r7g.xlarge": { memoryGigabytes: 26.32, attemptsPerSecond: 8_000 },
} as const satisfies Readonly<Record<string, GateSize>>;

export type GateInstance = keyof typeof gateSizes;

/** Burstable: its CPU is lent, and used up by a long crowd. */
export const isBurstable = (instance: string): boolean => instance.startsWith("t4g.");

/** ElastiCache keeps a quarter of a node's memory for itself. */
const USABLE_SHARE = 0.75;
/** Most that one buyer takes in the gate: an unpaid hold, and the record of the attempt. */
const BYTES_PER_BUYER = 400;
/** A sale that is worth its name is sold out within ten seconds: so many buyers come at least. */
const SELL_OUT_SECONDS = 10;

export type Crowd = { readonly units: number; readonly attemptsPerSecond: number };

/** Attempts a second that a gate must bear: those expected, or as many as it takes to sell out soon after the opening. */
export const peakOf = ({ units, attemptsPerSecond }: Crowd): number =>
  Math.max(attemptsPerSecond, Math.ceil(units / SELL_OUT_SECONDS));

/** Buyers for whom a node has room. */
export const buyersOf = ({ memoryGigabytes }: GateSize): number =>
  Math.floor((memoryGigabytes * 1024 ** 3 * USABLE_SHARE) / BYTES_PER_BUYER);

/** Why a crowd is too large for a node; null: it is not, or the node type is not in the list. */
export function whyTooSmall(instance: string, crowd: Crowd): string | null {
  const size: GateSize | undefined = gateSizes[instance as GateInstance];
  if (!size) return null;
  const peak = peakOf(crowd);
  if (peak > size.attemptsPerSecond)
    return `${peak} attempts a second are to be expected, ${instance} is good for ${size.attemptsPerSecond}`;
  return crowd.units > buyersOf(size) ? `${instance} has memory for ${buyersOf(size)} buyers` : null;
}
