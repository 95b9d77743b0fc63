import type { BuyerOrder } from "../../../core/gate/buyer-orders.ts";
import type { AdoptReply, ConfigureReply } from "../../../core/gate/gate-replies.ts";
import type { GateSettings } from "../../../core/gate/settings.ts";
import type { BuyerId, OrderId } from "../../../core/ids.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { hasSameSettings } from "../../../core/gate/settings.ts";

export type Settings = Omit<
  GateSettings,
  "saleId" | "revision" | "attemptLimit" | "mode" | "payment" | "guests" | "guestList"
>;

/** The gate's keys as they are in Redis. A gate that was begun anew for a recovery has only what its recovery gave it. */
export type GateKeys = {
  readonly isRecovering: boolean;
  readonly fence: number;
  readonly recoveryId?: string | undefined;
  /** Of the recovery that closed it: what `begin` answered. */
  readonly wasAlive?: boolean | undefined;
  readonly isSameLife?: boolean | undefined;
  readonly requested?: boolean | undefined;
  readonly epoch?: number | undefined;
  readonly revision?: number | undefined;
  readonly settings?: Settings | undefined;
  /** They may come to nothing. */
  readonly isUncommitted?: true | undefined;
  readonly stock?:
    { readonly available: number; readonly sold: number; readonly withheld: number } | undefined;
  readonly isRestocking?: boolean | undefined;
  readonly places?: number | undefined;
  /** Buyers that the gate should have, and those it has. */
  readonly buyerCount?: number | undefined;
  readonly buyers: Readonly<Record<string, readonly BuyerOrder[]>>;
  readonly outbox: Readonly<Record<string, Reservation>>;
};

/** `keys` are null once Redis has lost them. The clock is Redis's own. */
export type Gate = { readonly nowMs: number; readonly keys: GateKeys | null };

export const openGate = (epoch: number, revision: number, settings: Settings): GateKeys => ({
  isRecovering: false,
  fence: 0,
  epoch,
  revision,
  settings,
  stock: { available: settings.allocated, sold: 0, withheld: 0 },
  isRestocking: false,
  places: 0,
  buyerCount: 0,
  buyers: {},
  outbox: {},
});

/** A gate that serves: with its keys, and open. */
export type OpenGate = GateKeys & {
  readonly epoch: number;
  readonly revision: number;
  readonly settings: Settings;
  readonly stock: NonNullable<GateKeys["stock"]>;
  readonly isRestocking: boolean;
  readonly places: number;
  readonly buyerCount: number;
};

export const isOpen = (keys: GateKeys | null): keys is OpenGate => keys !== null && !keys.isRecovering;

export const isWhole = ({ buyers, buyerCount }: GateKeys): boolean =>
  buyerCount !== undefined && Object.keys(buyers).length === buyerCount;

export const ordersOf = (keys: GateKeys): readonly (BuyerOrder & { readonly buyerId: string })[] =>
  Object.entries(keys.buyers).flatMap(([buyerId, orders]) => orders.map((order) => ({ ...order, buyerId })));

export const withoutKey = <Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Readonly<Record<string, Value>> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

/** Units for sale; those that come to a gate without any wait. */
export function addAvailable(keys: OpenGate, units: number): OpenGate {
  const { stock } = keys;
  return {
    ...keys,
    stock: { ...stock, available: stock.available + units },
    isRestocking: keys.isRestocking || (stock.available === 0 && units > 0),
  };
}

export function addOrder(keys: OpenGate, buyerId: string, order: BuyerOrder): OpenGate {
  const theirs = keys.buyers[buyerId];
  const { stock } = keys;
  return {
    ...keys,
    stock: {
      ...stock,
      available: stock.available - order.unitsLeft,
      sold: stock.sold + order.unitsLeft,
    },
    buyerCount: keys.buyerCount + (theirs ? 0 : 1),
    buyers: { ...keys.buyers, [buyerId]: [...(theirs ?? []), order] },
  };
}

export type Adoption = Pick<Reservation, "buyerId" | "keyHash" | "quantity" | "orderId" | "place">;

/** adopt.lua. */
export function adopt(
  keys: GateKeys | null,
  asked: Adoption,
  remembersRefusals: boolean,
): readonly [AdoptReply, GateKeys | null] {
  if (keys === null) return [{ kind: "lost" }, keys];
  if (!isOpen(keys)) return [{ kind: "recovering" }, keys];
  const { epoch } = keys;
  const { orderId, buyerId, keyHash, quantity, place } = asked;
  const theirs = keys.buyers[buyerId] ?? [];
  const known = theirs.find((order) => order.orderId === orderId);
  if (known) return [{ kind: known.unitsLeft > 0 ? "counted" : "refused", epoch }, keys];
  const units = theirs.reduce((sum, order) => sum + order.unitsLeft, 0);
  const isReplaced = theirs.some((order) => order.keyHash === keyHash);
  const fits =
    !isReplaced && units + quantity <= keys.settings.purchaseLimit && keys.stock.available >= quantity;
  if (!fits && !remembersRefusals) return [{ kind: "refused", epoch }, keys];
  const unitsLeft = fits ? quantity : 0;
  const order = { orderId, quantity, place, keyHash, unitsLeft, unitsWithheld: 0 };
  return [{ kind: fits ? "adopted" : "refused", epoch }, addOrder(keys, buyerId, order)];
}

export type Left = {
  readonly buyerId: BuyerId;
  readonly orderId: OrderId;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
};

/** settle.lua. */
export function settle(
  keys: GateKeys | null,
  { buyerId, orderId, unitsLeft, unitsWithheld }: Left,
  onlyLowers: boolean,
): readonly ["settled" | "unknown" | "lost" | "recovering", GateKeys | null] {
  if (keys === null) return ["lost", keys];
  if (!isOpen(keys)) return ["recovering", keys];
  const theirs = keys.buyers[buyerId] ?? [];
  const known = theirs.find((order) => order.orderId === orderId);
  if (!known) return ["unknown", keys];
  const cleared = { ...keys, outbox: withoutKey(keys.outbox, orderId) };
  if (unitsLeft === known.unitsLeft || (onlyLowers && unitsLeft > known.unitsLeft))
    return ["settled", cleared];
  const fewer = known.unitsLeft - unitsLeft;
  const moreWithheld = unitsWithheld - known.unitsWithheld;
  const orders = theirs.map((order) => (order === known ? { ...order, unitsLeft, unitsWithheld } : order));
  const lowered = {
    ...cleared,
    buyers: { ...keys.buyers, [buyerId]: orders },
    stock: {
      ...keys.stock,
      sold: keys.stock.sold - fewer,
      withheld: keys.stock.withheld + moreWithheld,
    },
  };
  return ["settled", addAvailable(lowered, fewer - moreWithheld)];
}

export type SettingsRules = {
  readonly knowsConflicts: boolean;
  readonly keepsWhenClosed: boolean;
  readonly firstOnlyTightens: boolean;
};

export type When = "committed" | "first" | "before_opening";

/** configure.lua. */
export function configure(
  { keys, nowMs }: Gate,
  {
    settings,
    revision,
    when,
  }: { readonly settings: Settings; readonly revision: number; readonly when: When },
  { knowsConflicts, keepsWhenClosed, firstOnlyTightens }: SettingsRules,
): readonly [ConfigureReply, GateKeys | null] {
  if (keys === null) return [{ kind: "lost" }, keys];
  const isClosed = keys.isRecovering;
  if (isClosed && when !== "committed") return [{ kind: "recovering" }, keys];
  const present = keys.revision;
  if (present !== undefined && revision < present) return [{ kind: "stale" }, keys];
  const tightens = firstOnlyTightens && when !== "committed";
  if (present === revision && knowsConflicts) {
    const asked = tightens && keys.settings ? stricter(keys.settings, settings) : settings;
    const isSame = keys.settings && hasSameSettings(gateSettings(keys.settings), gateSettings(asked));
    if (!isSame) return [{ kind: "conflict" }, keys];
    return [{ kind: isClosed ? "recovering" : "configured" }, keys];
  }
  if (!isOpen(keys))
    return [
      { kind: "recovering" },
      keepsWhenClosed ? { ...keys, revision, settings, isUncommitted: undefined } : keys,
    ];
  if (when === "before_opening" && nowMs >= keys.settings.startsAtMs) return [{ kind: "begun" }, keys];
  const { allocated } = keys.settings;
  const added = settings.allocated - allocated;
  if (keys.stock.available + added < 0)
    return [{ kind: "below_taken", taken: allocated - keys.stock.available }, keys];
  const next = tightens ? stricter(keys.settings, settings) : settings;
  const more = next.allocated - allocated;
  const isUncommitted = when === "committed" ? undefined : true;
  return [{ kind: "configured" }, { ...addAvailable(keys, more), revision, settings: next, isUncommitted }];
}

const STATES = ["running", "paused", "ended"] as const;

/** Of each setting the one by which less is sold. */
const stricter = (a: Settings, b: Settings): Settings => ({
  state: STATES[Math.max(STATES.indexOf(a.state), STATES.indexOf(b.state))]!,
  allocated: Math.min(a.allocated, b.allocated),
  purchaseLimit: Math.min(a.purchaseLimit, b.purchaseLimit),
  startsAtMs: Math.max(a.startsAtMs, b.startsAtMs),
  endsAtMs:
    a.endsAtMs === null || b.endsAtMs === null
      ? (a.endsAtMs ?? b.endsAtMs)
      : Math.min(a.endsAtMs, b.endsAtMs),
});

/** The settings that the models leave out are the same everywhere. */
export const gateSettings = (settings: Settings) => ({
  ...settings,
  attemptLimit: 10_000,
  mode: { kind: "open" } as const,
  payment: { kind: "none" } as const,
  guests: { kind: "everybody" } as const,
  guestList: { id: "", edition: 0 },
});
