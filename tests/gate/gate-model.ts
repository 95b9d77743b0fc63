import type { AdoptReply, ConfigureReply } from "../../core/gate/gate-replies.ts";
import { type GateSettings, hasSameSettings } from "../../core/gate/settings.ts";
import type { SalePayment } from "../../core/contract/sale-payment.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import type { Stock } from "../../core/sale/stock.ts";

export type ModelOrder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly keyHash: string;
  readonly n: number;
  readonly quantity: number;
  readonly place: number;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
  /** To be paid for; its units are held. */
  readonly isHeld?: boolean;
};

/** What the gate should say; `order` where its reply brings a reservation, null where it names an order without one. */
export type ModelReply =
  | { readonly kind: string; readonly available?: number; readonly orders?: number }
  | { readonly kind: string; readonly orderId: OrderId; readonly order: ModelOrder | null };

type Attempt = Pick<ModelOrder, "orderId" | "buyerId" | "keyHash" | "quantity">;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * The gate as plain rules over plain data: no Redis, and no clock but what it is told. The limit of attempts, which is made of
 * time, is never reached here: core/gate/attempts.int.test.ts has a clock of its own for it.
 */
export class GateModel {
  settings: GateSettings;
  available: number;
  epoch = 1;
  places = 0;
  isRestocking = false;
  /** It goes by settings that may come to nothing. */
  isUncommitted = false;
  /** Of the recovery that has closed the gate; null while it is open. */
  recovery: number | null = null;
  orders: ModelOrder[] = [];
  outbox = new Set<OrderId>();
  /** Closed, and filled by no recovery yet. */
  private isUntouched = false;

  constructor(settings: GateSettings) {
    this.settings = settings;
    this.available = settings.allocated;
  }

  get stock(): Stock {
    const held = unitsOf(this.orders.filter(({ isHeld }) => isHeld));
    const sold = unitsOf(this.orders) - held;
    const withheld = sum(this.orders.map(({ unitsWithheld }) => unitsWithheld));
    return { allocated: this.settings.allocated, available: this.available, held, sold, withheld };
  }

  ordersOf(buyerId: BuyerId): readonly ModelOrder[] {
    return this.orders.filter((order) => order.buyerId === buyerId);
  }

  /** @param nowMs any instant between the sale's possible starts and ends, which lie far apart. */
  reserve(attempt: Attempt, nowMs: number): ModelReply {
    if (this.recovery !== null) return { kind: "recovering" };
    const mine = this.ordersOf(attempt.buyerId);
    const first = mine.find((order) => order.keyHash === attempt.keyHash);
    if (first && first.quantity !== attempt.quantity) return { kind: "key_reused" };
    if (first) return this.naming("replayed", first);
    const { state, startsAtMs, endsAtMs, purchaseLimit } = this.settings;
    if (state === "ended" || (endsAtMs !== null && nowMs >= endsAtMs)) return this.forGood({ kind: "ended" });
    if (state === "paused") return { kind: "paused" };
    if (nowMs < startsAtMs) return { kind: "not_open" };
    if (unitsOf(mine) + attempt.quantity > purchaseLimit) {
      const latest = mine.findLast(({ unitsLeft }) => unitsLeft > 0);
      return latest ? this.naming("already_bought", latest) : { kind: "over_limit" };
    }
    if (mine.length >= purchaseLimit + 2) return { kind: "too_many_orders", orders: mine.length };
    const onSale = this.isRestocking ? 0 : this.available;
    if (onSale < attempt.quantity) return this.forGood({ kind: "sold_out", available: onSale });
    const n = this.epoch * 1000 + mine.length + 1;
    const isHeld = this.settings.payment.kind === "held";
    const fields = { n, place: ++this.places, unitsLeft: attempt.quantity, unitsWithheld: 0, isHeld };
    const order = { ...attempt, ...fields };
    this.add(order);
    this.outbox.add(order.orderId);
    return { kind: "reserved", orderId: order.orderId, order };
  }

  configure(
    settings: GateSettings,
    when: "committed" | "first" | "before_opening",
    nowMs: number,
  ): ConfigureReply {
    const isClosed = this.recovery !== null;
    if (isClosed && when !== "committed") return { kind: "recovering" };
    if (settings.revision < this.settings.revision) return { kind: "stale" };
    if (settings.revision === this.settings.revision) {
      const same = when === "committed" ? settings : stricterSettings(this.settings, settings);
      if (!hasSameSettings(same, this.settings)) return { kind: "conflict" };
      return { kind: isClosed ? "recovering" : "configured" };
    }
    if (isClosed) {
      this.settings = settings;
      this.isUncommitted = false;
      return { kind: "recovering" };
    }
    if (when === "before_opening" && nowMs >= this.settings.startsAtMs) return { kind: "begun" };
    const taken = this.settings.allocated - this.available;
    if (settings.allocated < taken) return { kind: "below_taken", taken };
    const next = when === "committed" ? settings : stricterSettings(this.settings, settings);
    this.offer(next.allocated - this.settings.allocated);
    this.settings = next;
    this.isUncommitted = when !== "committed";
    return { kind: "configured" };
  }

  adopt(order: ModelOrder): AdoptReply {
    if (this.recovery !== null) return { kind: "recovering" };
    const { epoch } = this;
    const mine = this.ordersOf(order.buyerId);
    const known = mine.find(({ orderId }) => orderId === order.orderId);
    if (known) return { kind: known.unitsLeft > 0 ? "counted" : "refused", epoch };
    const isTaken =
      mine.every(({ keyHash }) => keyHash !== order.keyHash) &&
      unitsOf(mine) + order.quantity <= this.settings.purchaseLimit &&
      this.available >= order.quantity;
    // Its payment was authorised, or it needs none: what is adopted is sold, though it was held in another life.
    this.add({ ...order, unitsLeft: isTaken ? order.quantity : 0, unitsWithheld: 0, isHeld: false });
    return { kind: isTaken ? "adopted" : "refused", epoch };
  }

  settle(
    orderId: OrderId,
    left: Pick<ModelOrder, "unitsLeft" | "unitsWithheld">,
  ): "recovering" | "unknown" | "settled" {
    if (this.recovery !== null) return "recovering";
    const order = this.orders.find((known) => known.orderId === orderId);
    if (!order) return "unknown";
    this.outbox.delete(orderId);
    const isLess = left.unitsLeft < order.unitsLeft;
    const settled = { ...order, ...(isLess && left), isHeld: false };
    this.orders = this.orders.map((known) => (known === order ? settled : known));
    if (isLess) {
      this.offer(order.unitsLeft - left.unitsLeft - (left.unitsWithheld - order.unitsWithheld));
    }
    return "settled";
  }

  /** Whether the gate has all that it ever held: it was open until now, or whoever closed it has filled nothing. */
  begin(recovery: number): boolean {
    if (this.recovery === null) this.isUntouched = true;
    this.recovery = recovery;
    return this.isUntouched;
  }

  /** Fills the gate with these orders and tries to open it as its next epoch; false if the recovery is not the latest. */
  reopen(recovery: number, orders: readonly ModelOrder[], settings: GateSettings): boolean {
    if (this.recovery !== recovery) return false;
    this.isUntouched = false;
    this.orders = [...orders];
    this.outbox = new Set(orders.map(({ orderId }) => orderId).filter((orderId) => this.outbox.has(orderId)));
    if (settings.revision >= this.settings.revision) {
      this.settings = settings;
      this.isUncommitted = false;
    }
    const { allocated, held, sold, withheld } = this.stock;
    if (held + sold + withheld > allocated) return false;
    this.available = allocated - held - sold - withheld;
    this.epoch++;
    this.isRestocking = false;
    this.recovery = null;
    return true;
  }

  private forGood(reply: ModelReply): ModelReply {
    return this.isUncommitted ? { kind: "recovering" } : reply;
  }

  private add(order: ModelOrder): void {
    this.orders.push(order);
    this.available -= order.unitsLeft;
  }

  private offer(units: number): void {
    if (units > 0 && this.available === 0) this.isRestocking = true;
    this.available += units;
  }

  private naming(kind: string, order: ModelOrder): ModelReply {
    return { kind, orderId: order.orderId, order: this.outbox.has(order.orderId) ? order : null };
  }
}

const STATES = ["running", "paused", "ended"] as const;

/** What both settings allow, under the newer revision. */
export function stricterSettings(present: GateSettings, change: GateSettings): GateSettings {
  const ends = [present.endsAtMs, change.endsAtMs].filter((endsAtMs) => endsAtMs !== null);
  return {
    ...change,
    state: STATES[Math.max(STATES.indexOf(present.state), STATES.indexOf(change.state))]!,
    allocated: Math.min(present.allocated, change.allocated),
    purchaseLimit: Math.min(present.purchaseLimit, change.purchaseLimit),
    attemptLimit: Math.min(present.attemptLimit, change.attemptLimit),
    startsAtMs: Math.max(present.startsAtMs, change.startsAtMs),
    endsAtMs: ends.length === 0 ? null : Math.min(...ends),
    payment: stricterPayment(present.payment, change.payment),
  };
}

/** To pay is more than not to pay, and to have less time for it is more still. */
function stricterPayment(a: SalePayment, b: SalePayment): SalePayment {
  if (a.kind === "none") return b;
  return b.kind === "none" || a.holdSeconds < b.holdSeconds ? a : b;
}

const unitsOf = (orders: readonly ModelOrder[]) => sum(orders.map(({ unitsLeft }) => unitsLeft));
