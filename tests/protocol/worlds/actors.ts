import type { Actor } from "../engine/world.ts";
import type { ConsumerArgs } from "../processes/consumer.ts";
import type { SaleChange } from "../../../core/sale/change-sale.ts";
import type { ChangeArgs } from "../processes/administration.ts";
import type { GuardianArgs } from "../processes/guardian.ts";
import type { PurchaseArgs } from "../processes/purchase.ts";

type More = { readonly key?: string; readonly quantity?: number };

const attempt = (buyerId: string, orderId: string, { key, quantity = 1 }: More = {}): PurchaseArgs => ({
  buyerId,
  orderId,
  keyHash: key ?? `key of ${orderId}`,
  quantity,
});

/** A purchase by a buyer with a key; `orderId` is its order's, if it gets one. */
export const purchase = (buyerId: string, orderId: string, more: More = {}): Actor => ({
  name: `${buyerId}'s purchase ${orderId}`,
  is: "mortal",
  role: "purchase",
  args: attempt(buyerId, orderId, more),
});

/** One that leaves the queue to the relay, as it does when the queue does not answer. */
export const shortPurchase = (buyerId: string, orderId: string, more: More = {}): Actor => ({
  ...purchase(buyerId, orderId, more),
  args: { ...attempt(buyerId, orderId, more), isShort: true },
});

/** A buyer who asks again with another key once a purchase has ended, or died. */
export const purchases = (buyerId: string, orderIds: readonly string[], isShort = true): Actor => ({
  name: buyerId,
  is: "mortal",
  role: "purchases",
  args: { attempts: orderIds.map((orderId) => ({ ...attempt(buyerId, orderId), isShort })) },
});

export const lookUp = (orderId: string): Actor => ({
  name: `a look-up of ${orderId}`,
  is: "mortal",
  role: "lookUp",
  args: { orderId },
});

export const consumer: Actor = {
  name: "the consumer",
  is: "lasting",
  role: "consumer",
  args: { works: "always" } satisfies ConsumerArgs,
};

/** One that may be as slow as it likes, or die. */
export const slowConsumer: Actor = {
  name: "a slow consumer",
  is: "mortal",
  role: "consumer",
  args: { works: "once" } satisfies ConsumerArgs,
};

export const guardian = (fence = 1, is: Actor["is"] = "lasting"): Actor => ({
  name: is === "lasting" ? "the guardian" : "an earlier guardian",
  is,
  role: "guardian",
  args: { id: `guardian ${fence}`, fence, recoveries: 0, isLast: is === "lasting" } satisfies GuardianArgs,
});

export const relay: Actor = { name: "the relay", is: "patient", role: "relay", args: null };
export const mender: Actor = { name: "the reconciliation", is: "patient", role: "mender", args: null };
export const redisIsLost: Actor = { name: "Redis", is: "mortal", role: "loseRedis", args: null };
export const recoveryIsAsked: Actor = {
  name: "an operator",
  is: "mortal",
  role: "askForRecovery",
  args: null,
};
export const restock: Actor = { name: "the gate", is: "lasting", role: "restock", args: null };
export const transactionsEnd: Actor = {
  name: "PostgreSQL",
  is: "lasting",
  role: "endTransactions",
  args: null,
};

/** An operator's change of the sale. */
export const change = (id: string, saleChange: SaleChange): Actor => ({
  name: id,
  is: "mortal",
  role: "change",
  args: { id, change: saleChange } satisfies ChangeArgs,
});

export const settingsSync: Actor = {
  name: "the guardian of settings",
  is: "patient",
  role: "sync",
  args: null,
};
export const copier: Actor = { name: "the copier", is: "patient", role: "copy", args: null };
export const closer: Actor = { name: "the closer", is: "patient", role: "close", args: null };
export const archiver: Actor = { name: "the archive", is: "lasting", role: "archive", args: null };
