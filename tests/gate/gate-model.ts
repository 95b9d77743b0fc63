import type { ConfigureReply, GateSettings } from "../../core/gate/gate-replies.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import type { Stock } from "../../core/sale/stock.ts";

export type ModelOrder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly keyHash: string;
  readonly n: number;
  readonly quantity: number;
  readonly place: number;
};

/** What the gate should say; `order` where its reply brings a reservation, null where it names an order without one. */
export type ModelReply =
  | { readonly kind: string; readonly available?: number }
  | { readonly kind: string; readonly orderId: OrderId; readonly order: ModelOrder | null };

type Attempt = Pick<ModelOrder, "orderId" | "buyerId" | "keyHash" | "quantity">;

/** The gate as plain rules over plain data: no Redis, and no clock but what it is told. */
export class GateModel {
  settings: GateSettings;
  available: number;
  places = 0;
  isRecovering = false;
  isRestocking = false;
  readonly orders: ModelOrder[] = [];
  readonly outbox = new Set<OrderId>();
  private readonly attempts = new Map<BuyerId, number>();

  constructor(settings: GateSettings) {
    this.settings = settings;
    this.available = settings.allocated;
  }

  get stock(): Stock {
    const sold = this.orders.reduce((units, order) => units + order.quantity, 0);
    return { allocated: this.settings.allocated, available: this.available, held: 0, sold };
  }

  ordersOf(buyerId: BuyerId): readonly ModelOrder[] {
    return this.orders.filter((order) => order.buyerId === buyerId);
  }

  /** @param nowMs any instant between the sale's possible starts and ends, which lie far apart. */
  reserve(attempt: Attempt, nowMs: number): ModelReply {
    if (this.isRecovering) return { kind: "recovering" };
    const mine = this.ordersOf(attempt.buyerId);
    const first = mine.find((order) => order.keyHash === attempt.keyHash);
    if (first && first.quantity !== attempt.quantity) return { kind: "key_reused" };
    if (first) return this.naming("replayed", first);
    const { state, startsAtMs, endsAtMs, attemptLimit, purchaseLimit } = this.settings;
    if (state === "ended" || (endsAtMs !== null && nowMs >= endsAtMs)) return { kind: "ended" };
    if (state === "paused") return { kind: "paused" };
    if (nowMs < startsAtMs) return { kind: "not_open" };
    const attempts = (this.attempts.get(attempt.buyerId) ?? 0) + 1;
    this.attempts.set(attempt.buyerId, attempts);
    if (attempts > attemptLimit) return { kind: "rate_limited" };
    const units = mine.reduce((sum, order) => sum + order.quantity, 0);
    if (units + attempt.quantity > purchaseLimit) {
      const latest = mine.at(-1);
      return latest ? this.naming("already_bought", latest) : { kind: "over_limit" };
    }
    const onSale = this.isRestocking ? 0 : this.available;
    if (onSale < attempt.quantity) return { kind: "sold_out", available: onSale };
    const order = { ...attempt, n: units + 1, place: ++this.places };
    this.take(order);
    this.outbox.add(order.orderId);
    return { kind: "reserved", orderId: order.orderId, order };
  }

  configure(settings: GateSettings): ConfigureReply {
    if (this.isRecovering) return { kind: "recovering" };
    if (settings.revision < this.settings.revision) return { kind: "stale" };
    const { sold } = this.stock;
    if (settings.allocated < sold) return { kind: "below_taken", taken: sold };
    if (settings.allocated > this.settings.allocated && this.available === 0) this.isRestocking = true;
    this.available = settings.allocated - sold;
    this.settings = settings;
    return { kind: "configured" };
  }

  adopt(order: ModelOrder): "recovering" | "counted" | "adopted" | "refused" {
    if (this.isRecovering) return "recovering";
    const mine = this.ordersOf(order.buyerId);
    if (mine.some((known) => known.orderId === order.orderId)) return "counted";
    const units = mine.reduce((sum, known) => sum + known.quantity, 0);
    const fits = order.n === units + 1 && units + order.quantity <= this.settings.purchaseLimit;
    if (!fits || this.available < order.quantity) return "refused";
    this.take(order);
    return "adopted";
  }

  newWindow(): void {
    this.attempts.clear();
  }

  private take(order: ModelOrder): void {
    this.orders.push(order);
    this.available -= order.quantity;
  }

  private naming(kind: string, order: ModelOrder): ModelReply {
    return { kind, orderId: order.orderId, order: this.outbox.has(order.orderId) ? order : null };
  }
}
