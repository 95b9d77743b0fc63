import type { SaleId } from "../../core/ids.ts";
import { localSession } from "../local-session.ts";
import { seededRandom } from "../random.ts";
import { type Attempt, purchaseAttempt } from "./purchase-attempt.ts";

export type CrowdSize = {
  readonly buyers: number;
  /** Share of the buyers whose request is sent twice at the same time. */
  readonly twice: number;
  readonly seed: number;
  /** Every tenth buyer wants so many units; absent: everybody wants one. */
  readonly mostUnits?: number;
};

const SOME_WANT_MORE = 10;

/** Signs the buyers in and writes their requests; one that is sent twice stands there twice in a row. */
export function prepareAttempts(
  apiUrl: string,
  saleId: SaleId,
  { buyers, twice, seed, mostUnits = 1 }: CrowdSize,
): Attempt[] {
  const random = seededRandom(seed);
  return Array.from({ length: buyers }, (_, i) => {
    const units = i % SOME_WANT_MORE === 0 ? mostUnits : 1;
    const attempt = purchaseAttempt(apiUrl, saleId, localSession(), units);
    return random() < twice ? [attempt, attempt] : [attempt];
  }).flat();
}
