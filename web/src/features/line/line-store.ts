import type { BuyerId, JoinAnswer, SaleId } from "../api/contract.ts";
import type { Keep } from "../page/browser-keep.ts";

/** What a page saw of a line while it waited: a line that later shows something else was forged. */
export type SeenLine = {
  /** By list. */
  readonly roots: Readonly<Record<number, string>>;
  readonly log: { readonly lines: number; readonly hash: string } | null;
};
export const seenNothing: SeenLine = { roots: {}, log: null };

export type LineStore = {
  /** The entry of a buyer that is the last one here. */
  entryOf: (buyerId: BuyerId) => JoinAnswer | null;
  /** The last entry that anybody joined with in this browser. */
  anyEntry: () => JoinAnswer | null;
  saveEntry: (entry: JoinAnswer) => void;
  forgetEntry: (buyerId: BuyerId) => void;
  seen: () => SeenLine;
  saveSeen: (seen: SeenLine) => void;
};

/** Keeps receipts, roots and the log's last hash of one sale in this browser. */
export function createLineStore(keep: Keep, saleId: SaleId): LineStore {
  const entries = `flash-sale.entry.${saleId}.`;
  const line = `flash-sale.line.${saleId}`;
  const read = (name: string): unknown => {
    try {
      return JSON.parse(keep.getItem(name) ?? "null");
    } catch {
      return null;
    }
  };
  return {
    entryOf: (buyerId) => read(entries + buyerId) as JoinAnswer | null,
    anyEntry: () => {
      const name = [...keep].find((candidate) => candidate.startsWith(entries));
      return name === undefined ? null : (read(name) as JoinAnswer | null);
    },
    saveEntry: (entry) => keep.setItem(entries + entry.receipt.buyerId, JSON.stringify(entry)),
    forgetEntry: (buyerId) => keep.removeItem(entries + buyerId),
    seen: () => ({ ...seenNothing, ...(read(line) as SeenLine | null) }),
    saveSeen: (seen) => keep.setItem(line, JSON.stringify(seen)),
  };
}
