import type { Risk } from "./risk.ts";

/** Rounds of PBKDF2 for one try. With the prefix: some tenths of a second on a computer, about a second on a slow phone. */
const COST = 2_000;
/** With two digits one try in 256 fits. With more, luck would count for more; with fewer, our check would cost more. */
export const KEY_PREFIX = "00";
export const TRIES_ON_AVERAGE = 16 ** KEY_PREFIX.length;
/** A check takes one try: beyond that it would cost us more than it is worth. */
const MOST = 16_000;

/** Rounds for one try: doubled by each step of risk, and by full load (1) once more. */
export const costOf = (risk: Risk, load: number): number =>
  Math.min(MOST, Math.round(COST * 2 ** risk * (1 + Math.min(1, Math.max(0, load)))));
