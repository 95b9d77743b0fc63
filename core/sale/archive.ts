import type { Attempts } from "../contract/sale.ts";
import type { Stock } from "./stock.ts";

/** What is kept of a closed sale's gate, whose keys may then go. */
export type SaleArchive = {
  readonly stock: Stock;
  /** Null: the gate was lost before it was archived. */
  readonly attempts: Attempts | null;
};
