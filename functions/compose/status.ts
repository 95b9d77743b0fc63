import type { SaleId } from "../../core/ids.ts";
import { entriesWaiting } from "../../core/line/entries-waiting.ts";
import type { StatusDependencies } from "../../core/watch/read-status.ts";
import { lines } from "./line-stores.ts";
import { listing } from "./listing.ts";

const entriesOf = async (saleId: SaleId): Promise<number | null> =>
  entriesWaiting((await (await lines()).lineOf(saleId)).state);

/** What a sale's status is read from. The table of lines is asked for a sale that has one alone. */
export const statusDependencies = async (): Promise<StatusDependencies> => ({
  ...(await listing()),
  entriesOf,
});
