import { describe, expect, it } from "vitest";
import type { BuyerId, OrderId, OrderView, Phase, SaleId, SaleStatus } from "../api/contract.ts";
import type { PurchaseState } from "../purchase/purchase-state.ts";
import { type Knowledge, controlsOf, faceOf, unitsLeft } from "./sale-face.ts";

const STARTS_MS = Date.parse("2026-11-27T09:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();
const sale = (phase: Phase, more: Partial<SaleStatus> = {}): SaleStatus => ({
  saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId,
  name: "Lamp",
  description: "",
  translations: {},
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  priceMinor: 100,
  currency: "EUR",
  picture: null,
  purchaseLimit: 1,
  mode: { kind: "open" },
  phase,
  startsAt: iso(STARTS_MS),
  endsAt: null,
  stock: { allocated: 10, available: 3, held: 0, sold: 7, withheld: 0 },
  serverTime: iso(STARTS_MS + 60_000),
  pollAfterMs: 1000,
  ...more,
});
const buyerId = "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId;
const order: OrderView = {
  orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId,
  saleId: sale("open").saleId,
  quantity: 1,
  unitsLeft: 1,
  place: 1,
  state: "confirmed",
  reservedAt: iso(STARTS_MS),
};
const know = (more: Partial<Knowledge> = {}): Knowledge => ({
  sale: sale("open"),
  session: { kind: "signed_in", role: "shopper", address: null, buyerId, expiresAtMs: STARTS_MS * 2 },
  purchase: { kind: "idle" },
  hasUnfinishedIntent: false,
  serverMs: STARTS_MS + 60_000,
  unitsInTurn: null,
  mayCome: true,
  ...more,
});

const isBuyShown = (known: Knowledge) => controlsOf(faceOf(known), known, true).buy;

/** A sale that is scheduled as it was heard so long ago. */
const heard =
  (agoMs: number, more: Partial<SaleStatus> = {}) =>
  (sinceStartMs: number) =>
    know({
      sale: sale("scheduled", { serverTime: iso(STARTS_MS + sinceStartMs - agoMs), ...more }),
      serverMs: STARTS_MS + sinceStartMs,
    });

describe("Buy", () => {
  it("is there for a signed-in buyer of an open sale", () => {
    expect(isBuyShown(know())).toBe(true);
  });

  it("is enabled by the page's clock for everybody at the same moment, half a second after the start", () => {
    const lately = heard(20_000);
    expect([-1, 0, 499, 500].map((ms) => faceOf(lately(ms)))).toEqual([
      "scheduled",
      "opening",
      "opening",
      "open",
    ]);
    expect(isBuyShown(lately(499))).toBe(false);
    expect(isBuyShown(lately(500))).toBe(true);
  });

  it("waits for the server where it has been silent, and where a line lets people in", () => {
    expect(faceOf(heard(60_000)(5_000))).toBe("open");
    expect(faceOf(heard(60_001)(5_000))).toBe("opening");
    const room = heard(1_000, { mode: { kind: "waiting_room" } as SaleStatus["mode"] });
    expect(faceOf(room(5_000))).toBe("opening");
  });

  it("goes by the server's state, whatever the clock says", () => {
    expect(isBuyShown(know({ serverMs: STARTS_MS - 5_000 }))).toBe(true);
    expect(isBuyShown(know({ sale: sale("paused") }))).toBe(false);
  });

  it.each(["sold_out", "paused", "recovering", "ended"] as const)("is not there when %s", (phase) => {
    expect(isBuyShown(know({ sale: sale(phase) }))).toBe(false);
  });

  it("is not there before it is known who is here, and whether they have an order", () => {
    expect(isBuyShown(know({ session: { kind: "unknown" }, purchase: null }))).toBe(false);
    const known = know();
    expect(controlsOf(faceOf(known), known, false).buy).toBe(false);
  });
});

describe("a fault", () => {
  it.each(["unknown", "unreachable"] as const)("%s is never shown as sold out or ended", (unknown) => {
    expect(faceOf(know({ sale: unknown }))).toBe(unknown === "unknown" ? "loading" : "unreachable");
  });

  it("of the counters shows recovering", () => {
    expect(faceOf(know({ sale: sale("recovering", { stock: null }) }))).toBe("recovering");
  });
});

const refusedAt = (atServerMs: number): Extract<PurchaseState, { outcome: "refused" }> => ({
  kind: "settled",
  outcome: "refused",
  refusal: "sold_out",
  atServerMs,
  unitsBefore: 0,
  unitsHeld: null,
});

describe("the buyer's own purchase", () => {
  const bought: PurchaseState = { kind: "settled", outcome: "confirmed", order, unitsHeld: 1 };

  it.each(["sold_out", "ended", "paused", "recovering"] as const)(
    "stands above a sale that is %s",
    (phase) => {
      expect(faceOf(know({ sale: sale(phase), purchase: bought }))).toBe("confirmed");
    },
  );

  it("is shown even while the sale cannot be reached", () => {
    expect(faceOf(know({ sale: "unreachable", purchase: bought }))).toBe("confirmed");
  });

  it("waits for a new session when the old one expired", () => {
    const known = know({ session: { kind: "anonymous" }, purchase: null, hasUnfinishedIntent: true });
    expect(faceOf(known)).toBe("session_expired");
    expect(controlsOf("session_expired", known, true).signIn).toBe(true);
  });

  it("refused as sold out gives way only to a later word of the server", () => {
    expect(faceOf(know({ purchase: refusedAt(STARTS_MS + 59_500) }))).toBe("sold_out");
    expect(faceOf(know({ purchase: refusedAt(STARTS_MS + 50_000) }))).toBe("open");
  });
});

type Outcome = "confirmed" | "already_bought" | "rejected" | "returned";
const had = (unitsHeld: number | null, outcome: Outcome = "confirmed") =>
  ({ kind: "settled", outcome, order, unitsHeld }) as const;
const limitOf = (purchaseLimit: number, phase: Phase = "open") => sale(phase, { purchaseLimit });
const isMoreShown = (known: Knowledge) => controlsOf(faceOf(known), known, true).more;

const following = (state: "pending" | "accepted") =>
  faceOf(know({ purchase: { kind: "following", order: { ...order, state }, intent: null, looks: 0 } }));

it("an order that is pending is never told as accepted", () => {
  expect([following("pending"), following("accepted")]).toEqual(["pending", "accepted"]);
});

describe("more", () => {
  it("is offered to a buyer below the limit, and says how many", () => {
    const known = know({ sale: limitOf(3), purchase: had(1) });
    expect([isMoreShown(known), isBuyShown(known), unitsLeft(known)]).toEqual([true, false, 2]);
    expect(isMoreShown(know({ sale: limitOf(3), purchase: had(2, "already_bought") }))).toBe(true);
  });

  it.each([
    ["at the limit", know({ sale: limitOf(3), purchase: had(3) })],
    ["before the ledger has counted", know({ sale: limitOf(3), purchase: had(null) })],
    ["beside an order that ended, at the limit", know({ sale: limitOf(3), purchase: had(3, "returned") })],
    ["once sold out", know({ sale: limitOf(3, "sold_out"), purchase: had(1) })],
    ["without a word of the sale", know({ sale: "unreachable", purchase: had(1) })],
    ["to nobody", know({ sale: limitOf(3), purchase: had(1), session: { kind: "anonymous" } })],
  ])("is not offered %s", (_when, known) => {
    expect(isMoreShown(known)).toBe(false);
  });

  it.each(["rejected", "returned"] as const)(
    "is offered beside a %s order, which counts nothing",
    (outcome) => {
      const known = know({ purchase: had(0, outcome) });
      expect([faceOf(known), isMoreShown(known), isBuyShown(known), unitsLeft(known)]).toEqual([
        outcome,
        true,
        false,
        1,
      ]);
    },
  );

  it("is bounded by what is left also where a refusal gave way to the open sale", () => {
    const purchase: PurchaseState = { ...refusedAt(STARTS_MS), unitsBefore: 2, unitsHeld: 2 };
    const known = know({ sale: limitOf(3), purchase });
    expect([faceOf(known), isBuyShown(known), unitsLeft(known)]).toEqual(["open", true, 1]);
    expect(isBuyShown(know({ sale: limitOf(2), purchase }))).toBe(false);
  });
});

it("fewer left than were asked for stands until the sale is no longer open, and Buy with it", () => {
  const purchase = { ...refusedAt(STARTS_MS), refusal: "too_few" } as PurchaseState;
  expect([faceOf(know({ purchase })), isBuyShown(know({ purchase }))]).toEqual(["too_few", true]);
  expect(faceOf(know({ purchase, sale: sale("sold_out") }))).toBe("sold_out");
});
