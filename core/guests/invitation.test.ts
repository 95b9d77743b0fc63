import { describe, expect, test } from "vitest";
import { type Guests, noGuestList } from "../contract/guests.ts";
import { sessionSigner } from "../identity/session.ts";
import { newBuyerId, newSaleId } from "../ids.ts";
import { opensFirstAtMs, whyNoGuest } from "./guests.ts";
import { checkInvitation, issueInvitation } from "./invitation.ts";

const NOW_MS = Date.parse("2026-11-27T09:00:00.000Z");
const signer = sessionSigner("a-secret-of-thirty-two-characters!", "local");
const saleId = newSaleId(NOW_MS);
const buyerId = newBuyerId(NOW_MS);
const invited = { saleId, buyerId, edition: 3, fromMs: NOW_MS };
const text = issueInvitation(signer, invited);

describe("an invitation", () => {
  test("says what was signed, to its own buyer and sale", () => {
    expect(checkInvitation(signer, text, { saleId, buyerId })).toEqual(invited);
  });

  test.each([
    ["of another buyer", text, { saleId, buyerId: newBuyerId(NOW_MS) }],
    ["of another sale", text, { saleId: newSaleId(NOW_MS), buyerId }],
    ["cut short", text.slice(0, -1), { saleId, buyerId }],
    ["changed", `A${text.slice(1)}`, { saleId, buyerId }],
    ["empty", "", { saleId, buyerId }],
  ])("%s is none", (_, given, of) => {
    expect(checkInvitation(signer, given, of)).toBeNull();
  });

  test("of another stage is none", () => {
    const other = sessionSigner("a-secret-of-thirty-two-characters!", "production");
    expect(checkInvitation(other, text, { saleId, buyerId })).toBeNull();
  });
});

describe("who may join", () => {
  const listed: Guests = { kind: "listed", by: "addresses", tiers: [] };
  const guestList = { id: "a", edition: 3 };

  test("anybody, where the sale has no list or only its tiers come first", () => {
    expect(whyNoGuest({ guests: { kind: "everybody" }, guestList: noGuestList }, null)).toBeNull();
    expect(whyNoGuest({ guests: { ...listed, kind: "listed_first" }, guestList }, null)).toBeNull();
  });

  test("else whoever has an invitation of the present list", () => {
    expect(whyNoGuest({ guests: listed, guestList }, null)).toBe("no_invitation");
    expect(whyNoGuest({ guests: listed, guestList }, invited)).toBeNull();
    expect(whyNoGuest({ guests: listed, guestList: { ...guestList, edition: 4 } }, invited)).toBe("outdated");
  });

  test("a sale opens first with its first tier", () => {
    const tiers = [
      { name: "Silver", startsAt: "2026-11-27T08:45:00.000Z" },
      { name: "Gold", startsAt: "2026-11-27T08:30:00.000Z" },
    ];
    expect(opensFirstAtMs({ guests: { ...listed, tiers }, startsAtMs: NOW_MS })).toBe(NOW_MS - 30 * 60_000);
    expect(opensFirstAtMs({ guests: listed, startsAtMs: NOW_MS })).toBe(NOW_MS);
  });
});
