import type { SaleId } from "../../core/ids.ts";
import { localSession } from "../local-session.ts";
import { seededRandom } from "../random.ts";
import { type Attempt, purchaseAttempt } from "./purchase-attempt.ts";

export type CrowdSize = {
  readonly buyers: number;
  /** Share of the buyers whose request is sent twice at the same time. */
  readonly twice: number;
  readonly seed: number;
};

/** Signs the buyers in and writes their requests; one that is sent twice stands there twice in a row. */
export function prepareAttempts(
  apiUrl: string,
  saleId: SaleId,
  { buyers, twice, seed }: CrowdSize,
): Attempt[] {
  const random = seededRandom(seed);
  return Array.from({ length: buyers }, () => {
    const attempt = purchaseAttempt(apiUrl, saleId, localSession());
    return random() < twice ? [attempt, attempt] : [attempt];
  }).flat();
}
