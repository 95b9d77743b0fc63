import type { OrderId } from "../ids.ts";

/** What a recovery found and did. */
export type RecoveryReport = {
  /** Reservations in the ledger, and order rows. */
  readonly found: { readonly ledgerEntries: number; readonly orderRows: number };
  readonly rebuilt: { readonly buyers: number; readonly soldUnits: number; readonly republished: number };
  /** Entries of an older epoch that were not counted; the consumer decides on each. */
  readonly leftOut: readonly OrderId[];
  readonly drainMs: number;
  readonly rebuildMs: number;
};
