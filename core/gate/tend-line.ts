import type { BuyerId, SaleId } from "../ids.ts";
import { word } from "./gate-replies.ts";

/** A step of the log, as the gate goes by it. */
export type GateStep = {
  readonly step: number;
  readonly after: string;
  readonly upTo: string;
  readonly quantityAtMost: number;
  readonly people: number;
  readonly holdsFromMs: number;
  /** Null: it has not lapsed. */
  readonly lapsesAtMs: number | null;
};

/** What entries have bought, for a gate that has forgotten it. */
export type BoughtCount = {
  readonly hash: "turns" | "steps";
  readonly field: string;
  readonly count: number;
};

/** Units that an entry has bought. */
export const turnField = (list: number, buyerId: BuyerId): string => `${list}:${buyerId}`;
export const boughtField = (step: number): string => `bought:${step}`;
export const unitsField = (step: number): string => `units:${step}`;

export type ToldLine = {
  readonly saleId: SaleId;
  readonly fence: number;
  readonly epoch: number;
  /** The last step of those that the gate has with this call. */
  readonly steps: number;
  readonly lapsedSteps: number;
  /** A step of which this call says that it was served for so long may be lapsed, and that holds from `lapsesFromMs` at the earliest. */
  readonly lapsesAfterMs: number;
  readonly lapsesFromMs: number;
  readonly rows: readonly GateStep[];
  readonly bought: readonly BoughtCount[];
  /** With this call the gate has all that was bought before. */
  readonly isWhole: boolean;
};

/** A live step: for how long its turns have run while the sale was served, and who has bought in it. */
export type ToldStep = {
  readonly step: number;
  readonly servedMs: number;
  readonly bought: number;
  readonly units: number;
};

export type TendReply =
  | { readonly kind: "lost" | "recovering" | "fenced" | "stale" }
  | {
      readonly kind: "tended";
      readonly nowMs: number;
      /** Units that nobody has, at the instant at which `live` was counted. */
      readonly available: number;
      readonly live: readonly ToldStep[];
    };

/** A step as lib/turn.lua reads it. */
export const stepRow = ({ after, upTo, quantityAtMost, people, holdsFromMs, lapsesAtMs }: GateStep): string =>
  [after, upTo, quantityAtMost, people, holdsFromMs, lapsesAtMs ?? 0].join(",");

const FIELDS = 4;

export function parseTendReply(reply: readonly Buffer[]): TendReply {
  const kind = word(reply, ["tended", "lost", "recovering", "fenced", "stale"]);
  if (kind !== "tended") return { kind };
  const numbers = reply.slice(3).map(Number);
  const live = Array.from({ length: numbers.length / FIELDS }, (_, i) => {
    const [step = 0, servedMs = 0, bought = 0, units = 0] = numbers.slice(i * FIELDS, (i + 1) * FIELDS);
    return { step, servedMs, bought, units };
  });
  return { kind, nowMs: Number(reply[1]), available: Number(reply[2]), live };
}
