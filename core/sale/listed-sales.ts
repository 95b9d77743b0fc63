import type { Visibility } from "../contract/visibility.ts";

/** ISO 4217's code for tests: nobody pays in it. */
export const TEST_CURRENCY = "XTS";

type Priced = { readonly currency: string };
type Shown = Priced & { readonly visibility: Visibility };

/**
 * The sales that a crowd can come to, by a list or by their address. One in the currency for tests is found by its id alone,
 * of which 80 bits are chance: it is for who made it.
 */
export const salesForCrowds = <Sale extends Priced>(sales: readonly Sale[]): Sale[] =>
  sales.filter(({ currency }) => currency !== TEST_CURRENCY);

/** Whether shoppers find a sale in the lists, and search engines on the web. */
export const isListed = ({ visibility, currency }: Shown): boolean =>
  visibility === "listed" && currency !== TEST_CURRENCY;
