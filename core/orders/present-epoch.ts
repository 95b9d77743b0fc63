/**
 * Whether an order may be written as confirmed: its gate is of the sale's present epoch, or that epoch's gate has counted
 * it.
 *
 * @param countedIn the epoch whose gate counted it; undefined: none was asked.
 */
export const isCountedNow = (
  madeIn: number,
  countedIn: number | undefined,
  presentEpoch: number | undefined,
): boolean => presentEpoch !== undefined && (madeIn === presentEpoch || countedIn === presentEpoch);

/**
 * Whether a refusal still holds: once another epoch has begun, its gate may count the order.
 *
 * @param refusedIn the epoch whose gate refused it; undefined: no gate did, a law of the database did.
 */
export const isRefusedNow = (refusedIn: number | undefined, presentEpoch: number | undefined): boolean =>
  refusedIn === undefined || refusedIn === presentEpoch;
