import { describe, expect, test } from "vitest";
import type { SaleStatus } from "../api/contract.ts";
import { asGuest } from "./as-guest.ts";

const startsAt = "2026-11-27T09:00:00.000Z";
const saleWith = (tierStartsAt: string) => {
  const guests = { kind: "listed_first", by: "codes", tiers: [{ name: "Gold", startsAt: tierStartsAt }] };
  return { startsAt, guests } as unknown as SaleStatus;
};
const sale = saleWith("2026-11-27T08:30:00.000Z");
const invitation = (tierStartsAt: string | null) => ({
  invitation: "i",
  tier: tierStartsAt === null ? null : { name: "Gold", startsAt: tierStartsAt },
});

describe("a sale as a guest sees it", () => {
  test("opens with the guest's tier", () => {
    const early = "2026-11-27T08:30:00.000Z";
    expect(asGuest(sale, invitation(early)).startsAt).toBe(early);
  });

  test("opens with the tier as it is now, though the invitation was kept before it moved, or was taken away", () => {
    const moved = "2026-11-27T08:45:00.000Z";
    const kept = invitation("2026-11-27T08:30:00.000Z");
    expect(asGuest(saleWith(moved), kept).startsAt).toBe(moved);
    const none = { ...saleWith(moved), guests: { kind: "listed", by: "codes", tiers: [] } } as SaleStatus;
    expect(asGuest(none, kept).startsAt).toBe(startsAt);
  });

  test("opens as to everybody without a tier, without an invitation, and after a tier that came too late", () => {
    expect(asGuest(sale, invitation(null)).startsAt).toBe(startsAt);
    expect(asGuest(sale, null).startsAt).toBe(startsAt);
    const late = "2026-11-27T09:30:00.000Z";
    expect(asGuest(saleWith(late), invitation(late)).startsAt).toBe(startsAt);
  });
});
