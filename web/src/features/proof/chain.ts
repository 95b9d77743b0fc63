import { type Chain, chainFields } from "./log-lines.ts";

/** The public chain that a line must take, pinned whole: https://docs.drand.love/developer/ */
const quicknet: Chain = {
  hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
};

export const isSameChain = (a: Chain, b: Chain): boolean => chainFields.every((name) => a[name] === b[name]);

/** The public chain, or one that says of itself that it is a rehearsal's. */
export const isKnownChain = (chain: Chain): boolean =>
  isSameChain(chain, quicknet) ||
  (chain.isRehearsal && chain.hash !== quicknet.hash && chain.publicKey !== quicknet.publicKey);

const ROOT_BEFORE_ROUND_MS = 15_000;
const DRAW_BEFORE_OPENING_MS = 30_000;
type Rules = {
  mode: "waiting_room" | "draw" | "returns";
  startsAtMs: number;
  resultAtMs: number | null;
  chain: Chain;
};

/** The round that the rule of section 3 gives. */
export function roundOf({ mode, startsAtMs, resultAtMs, chain }: Rules, rootAtMs: number): number {
  const ruledMs = mode === "draw" ? (resultAtMs ?? 0) : startsAtMs - DRAW_BEFORE_OPENING_MS;
  const notBeforeMs = Math.max(ruledMs, rootAtMs + ROOT_BEFORE_ROUND_MS);
  return Math.ceil((notBeforeMs - chain.genesisMs) / chain.periodMs) + 1;
}

/** When a round comes. */
export const roundAtMs = ({ genesisMs, periodMs }: Chain, round: number): number =>
  genesisMs + (round - 1) * periodMs;

/** Whether a root stood long enough before its round. */
export const stoodBefore = (chain: Chain, round: number, rootAtMs: number): boolean =>
  roundAtMs(chain, round) - rootAtMs >= ROOT_BEFORE_ROUND_MS;
