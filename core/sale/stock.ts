/** The live counters of a sale, in units. */
export type Stock = {
  readonly allocated: number;
  readonly available: number;
  /** In an unpaid reservation. */
  readonly held: number;
  readonly sold: number;
  /** Came back and was taken off sale on purpose. */
  readonly withheld: number;
};

/** Units that are not available. */
export const takenUnits = ({ held, sold, withheld }: Stock): number => held + sold + withheld;

/** The law of stock: `available + held + sold + withheld = allocated`, and nothing negative. */
export const isConserved = (stock: Stock): boolean =>
  stock.available + takenUnits(stock) === stock.allocated &&
  Math.min(stock.available, stock.held, stock.sold, stock.withheld) >= 0;

/** @throws Error with the five numbers when the law is broken: somebody must look, nothing may be clamped. */
export function assertConserved(stock: Stock): void {
  if (!isConserved(stock)) throw new Error(`stock is not conserved: ${JSON.stringify(stock)}`);
}
