/** ISO 4217's code for tests: nobody pays in it. */
export const TEST_CURRENCY = "XTS";

type Priced = { readonly currency: string };

/**
 * The sales that shoppers are shown, and that a crowd can come to. One in the currency for tests is found by its id alone,
 * of which 80 bits are chance: it is for who made it.
 */
export const listedSales = <Sale extends Priced>(sales: readonly Sale[]): Sale[] =>
  sales.filter(({ currency }) => currency !== TEST_CURRENCY);
