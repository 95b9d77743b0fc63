import { describe, expect, test } from "vitest";
import type { SaleStatus } from "../api/contract.ts";
import { asGuest } from "./as-guest.ts";

const startsAt = "2026-11-27T09:00:00.000Z";
const sale = { startsAt } as unknown as SaleStatus;
const invitation = (tierStartsAt: string | null) => ({
  invitation: "i",
  tier: tierStartsAt === null ? null : { name: "Gold", startsAt: tierStartsAt },
});

describe("a sale as a guest sees it", () => {
  test("opens with the guest's tier", () => {
    const early = "2026-11-27T08:30:00.000Z";
    expect(asGuest(sale, invitation(early)).startsAt).toBe(early);
  });

  test("opens as to everybody without a tier, without an invitation, and after a tier that came too late", () => {
    expect(asGuest(sale, invitation(null)).startsAt).toBe(startsAt);
    expect(asGuest(sale, null).startsAt).toBe(startsAt);
    expect(asGuest(sale, invitation("2026-11-27T09:30:00.000Z")).startsAt).toBe(startsAt);
  });
});
