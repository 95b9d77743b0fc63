/** What buyers of a sale with a purchase limit of 3 want: the quantities of their requests, each with a key of its own. */
const WISHES_OF_THREE: readonly (readonly number[])[] = [
  [1, 1, 1],
  [3],
  [2, 1],
  [1],
  // The last one of these, and of the other three, is more than they may have.
  [1, 1, 1, 1],
  [2],
  [1, 2],
  [3, 3],
];

export type PurchaseLimit = 1 | 3;

/**
 * The quantities that a buyer asks for, one request after another.
 *
 * However the requests of one buyer are overtaken by each other, they come to the same number of units if enough are there:
 * the verdict counts on it.
 */
export const quantitiesOf = (index: number, purchaseLimit: PurchaseLimit): readonly number[] =>
  purchaseLimit === 1 ? [1] : WISHES_OF_THREE[index % WISHES_OF_THREE.length]!;
