/** The live counters of a sale, in units. */
export type Stock = {
  readonly allocated: number;
  readonly available: number;
  /** In an unpaid reservation. */
  readonly held: number;
  readonly sold: number;
};

/** The law of stock: `available + held + sold = allocated`, and nothing negative. */
export const isConserved = (stock: Stock): boolean =>
  stock.available + stock.held + stock.sold === stock.allocated &&
  stock.available >= 0 &&
  stock.held >= 0 &&
  stock.sold >= 0;

/** @throws Error with the four numbers when the law is broken: somebody must look, nothing may be clamped. */
export function assertConserved(stock: Stock): void {
  if (!isConserved(stock)) throw new Error(`stock is not conserved: ${JSON.stringify(stock)}`);
}
