import type { SaleId } from "../ids.ts";
import { noLine } from "./line-state.ts";
import type { News } from "./log-line.ts";
import { keyOf, rankOf } from "./lot.ts";
import { nextLine } from "./read-log.ts";
import { roundOf } from "./round.ts";

export const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
export const chain = {
  hash: "52".repeat(32),
  publicKey: "83".repeat(96),
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
};
export const startsAtMs = 1_800_000_000_000;
export const rules = {
  kind: "rules",
  version: 3,
  saleId,
  mode: "waiting_room",
  startsAtMs,
  closesAtMs: startsAtMs - 120_000,
  resultAtMs: null,
  listSeconds: 30,
  turnSeconds: 300,
  purchaseLimit: 2,
  allocated: 100,
  chain,
} as const satisfies News;
export const pace = { admissionsPerSecond: 10, mostInside: 50, isPaused: false, message: "" };
export const settings: News = { kind: "settings", ...pace, role: "operator" };
export const rootAtMs = startsAtMs - 110_000;
export const round = roundOf(rules, rootAtMs, chain);
export const root = "ab".repeat(32);
const signature = "cd".repeat(48);
export const closing: News = { kind: "closing", list: 0 };
export const rootLine = { kind: "root", list: 0, lane0: 90, lane1: 10, root, round } as const satisfies News;
export const keyLine = {
  kind: "key",
  list: 0,
  round,
  signature,
  key: keyOf({ saleId, list: 0, root, chainHash: chain.hash, round, signature }),
} as const satisfies News;
export const binding = (count: number, place: number, late: string[] = []): News => ({
  kind: "orders",
  count,
  place,
  root,
  late: late.map((digits) => digits.repeat(32)),
});
export const became = (count: number, changed: string[] = [], pasts = ["1 confirmed"]): News => ({
  kind: "units",
  count,
  unitsLeft: count,
  changed: changed.flatMap((digits) => pasts.map((past) => `${digits.repeat(32)} ${past}`)),
  root,
});
export const joining = (isOpen: boolean): News => ({ kind: "joining", isOpen, role: "operator" });
export const rank = (part: string, lane: 0 | 1 = 0) => rankOf(0, lane, part.padEnd(64, "0"));
export const step = (number: number, after: string, upTo: string, more = {}): News => ({
  kind: "step",
  step: number,
  after,
  upTo,
  quantityAtMost: 100,
  people: 5,
  lapsedSteps: 0,
  holdsFromMs: startsAtMs + number * 1_000,
  ...more,
});

/** A line of the log, and when it is written. */
export type DatedNews = readonly [News, number];
/** A list that is closed, and has its key. */
export const drawn: readonly DatedNews[] = [
  [rules, startsAtMs - 900_000],
  [settings, startsAtMs - 900_000],
  [closing, startsAtMs - 120_000],
  [rootLine, rootAtMs],
  [keyLine, startsAtMs - 29_000],
];
/** Three seconds before the opening. */
export const at = startsAtMs - 3_000;

/** A log that somebody kept, and its state. */
export function writeLog(...lines: readonly DatedNews[]) {
  const texts: string[] = [];
  let state = noLine;
  for (const [news, nowMs] of lines) {
    const next = nextLine(saleId, state, news, nowMs);
    texts.push(next.text);
    state = next.state;
  }
  return { texts, state };
}
