import type { Stock } from "./stock.ts";

/** Attempts that the gate decided, since its keys were made; those answered from an instance's memory never reach it. */
export type Attempts = Readonly<
  Record<"reserved" | "soldOut" | "alreadyBought" | "overLimit" | "rateLimited", number>
>;

/** What is kept of a closed sale's gate, whose keys may then go. */
export type SaleArchive = {
  readonly stock: Stock;
  /** Null: the gate was lost before it was archived. */
  readonly attempts: Attempts | null;
};
