import type { BuyerId, SaleId } from "../api/contract.ts";
import type { Keep } from "../page/browser-keep.ts";
import type { Intent } from "./purchase-state.ts";

const PREFIX = "flash-sale.intent.";
const nameOf = (saleId: SaleId, buyerId: BuyerId) => `${PREFIX}${saleId}.${buyerId}`;

export type IntentStore = {
  load: (saleId: SaleId, buyerId: BuyerId) => Intent | null;
  /** The intent of whoever was buying here: a session that expired no longer says who that was. */
  findOfSale: (saleId: SaleId) => Intent | null;
  save: (intent: Intent) => void;
  clear: (saleId: SaleId, buyerId: BuyerId) => void;
};

/** Keeps each intent under its sale and buyer, so that a reload or another tab goes on with the same idempotency key. */
export function createIntentStore(keep: Keep): IntentStore {
  const read = (name: string): Intent | null => {
    const text = keep.getItem(name);
    if (text === null) return null;
    try {
      const intent = JSON.parse(text) as Partial<Intent> | null;
      return typeof intent?.key === "string" ? (intent as Intent) : null;
    } catch {
      return null;
    }
  };
  return {
    load: (saleId, buyerId) => read(nameOf(saleId, buyerId)),
    findOfSale: (saleId) => {
      const name = [...keep].find((candidate) => candidate.startsWith(`${PREFIX}${saleId}.`));
      return name === undefined ? null : read(name);
    },
    save: (intent) => keep.setItem(nameOf(intent.saleId, intent.buyerId), JSON.stringify(intent)),
    clear: (saleId, buyerId) => keep.removeItem(nameOf(saleId, buyerId)),
  };
}
