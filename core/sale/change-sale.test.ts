import { describe, expect, test } from "vitest";
import { aPicture, aSale } from "../../tests/support/test-sale.ts";
import { pictureIdOf } from "../ids.ts";
import { askedFirst, changeSale, type SaleChange } from "./change-sale.ts";

const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const endsAtMs = Date.parse("2026-11-27T10:00:00.000Z");
/** Nobody can have bought yet: nothing that was shown need be kept. */
const BEFORE_MS = startsAtMs - 1;
const sale = aSale({ startsAtMs, endsAtMs, purchaseLimit: 2, revision: 7 });

describe("given any sale", () => {
  test("every setting may change, under the revision that was given", () => {
    const change = {
      name: "Boot",
      description: "Brown",
      translations: { de: { name: "Stiefel", description: "" } },
      priceMinor: 1,
      currency: "USD",
      allocated: 1,
      purchaseLimit: 1,
      attemptLimit: 3,
      startsAt: "2026-11-27T09:30:00.000Z",
      endsAt: null,
      picture: aPicture,
    };
    const { startsAt, endsAt, ...same } = change;
    expect(changeSale(sale, change, 8, BEFORE_MS)).toEqual({
      kind: "changed",
      sale: { ...sale, ...same, startsAtMs: Date.parse(startsAt), endsAtMs: endsAt, revision: 8 },
      onlyBeforeOpening: "its start can no longer be moved",
    });
  });

  test("what is not named stays, and undefined names nothing", () => {
    expect(changeSale(sale, { name: "Boot", allocated: undefined, endsAt: undefined }, 8, BEFORE_MS)).toEqual(
      {
        kind: "changed",
        sale: { ...sale, name: "Boot", revision: 8 },
        onlyBeforeOpening: null,
      },
    );
  });

  test("a change opens a closed sale again: somebody must look after what comes of it", () => {
    const closed = { ...sale, closedAtMs: endsAtMs + 20_000 };
    expect(changeSale(closed, { endsAt: "2026-11-27T11:00:00.000Z" }, 8, BEFORE_MS)).toMatchObject({
      kind: "changed",
      sale: { closedAtMs: null, revision: 8 },
    });
  });

  test.each<[string, SaleChange]>([
    ["an end before the start that stays", { endsAt: "2026-11-27T08:00:00.000Z" }],
    ["a start after the end that stays", { startsAt: "2026-11-27T10:00:00.000Z" }],
  ])("%s is a conflict", (_, change) => {
    expect(changeSale(sale, change, 8, BEFORE_MS)).toEqual({
      kind: "conflict",
      why: "endsAt must be after startsAt",
    });
  });
});

describe("what buyers rely on, and the rest", () => {
  test.each<[string, SaleChange, string]>([
    ["its start", { startsAt: "2026-11-27T09:00:00.001Z" }, "its start can no longer be moved"],
    ["its price", { priceMinor: 1 }, "its price can no longer be changed"],
    ["its currency", { currency: "USD" }, "its price can no longer be changed"],
    ["a lower purchase limit", { purchaseLimit: 1 }, "its purchase limit can no longer be lowered"],
  ])("%s may change only before the sale begins, which the gate decides", (_, change, why) => {
    expect(changeSale(sale, change, 8, BEFORE_MS)).toMatchObject({ kind: "changed", onlyBeforeOpening: why });
  });

  test.each<[string, SaleChange]>([
    ["the allocation, either way", { allocated: 4 }],
    ["a higher purchase limit", { purchaseLimit: 3 }],
    ["the picture", { picture: aPicture }],
    ["the end", { endsAt: "2026-11-27T11:00:00.000Z" }],
    ["a pause", { state: "paused" }],
    ["the end for good", { state: "ended" }],
  ])("%s may change any time", (_, change) => {
    expect(changeSale(sale, change, 8, BEFORE_MS)).toMatchObject({
      kind: "changed",
      sale: { revision: 8 },
      onlyBeforeOpening: null,
    });
  });
});

const gateIsAsked = (change: SaleChange) => {
  const changed = changeSale(sale, change, 9, BEFORE_MS);
  if (changed.kind !== "changed") throw new Error(changed.kind);
  return askedFirst(changed);
};

describe("before a change is committed, the gate is asked about it", () => {
  test("under a revision of its own, below that of the change", () => {
    expect(gateIsAsked({ allocated: 1 })).toEqual({ ...sale, allocated: 1, revision: 8 });
  });

  test("and sells nothing meanwhile if it may change only before the opening", () => {
    expect(gateIsAsked({ priceMinor: 1 })).toMatchObject({ state: "paused" });
  });
});

test("a picture is another by its id or by its words, and may be taken away", () => {
  const shown = { ...sale, picture: aPicture };
  expect(changeSale(shown, { picture: { ...aPicture } }, 8, BEFORE_MS)).toEqual({
    kind: "unchanged",
    sale: shown,
  });
  const others = [{ ...aPicture, alt: "A sneaker" }, { ...aPicture, id: pictureIdOf("b".repeat(64)) }, null];
  for (const picture of others)
    expect(changeSale(shown, { picture }, 8, BEFORE_MS)).toMatchObject({
      kind: "changed",
      sale: { picture },
    });
});

test("a change to what it is already keeps the revision", () => {
  expect(changeSale(sale, { state: "running" }, 8, BEFORE_MS)).toEqual({ kind: "unchanged", sale });
  expect(changeSale(sale, { allocated: sale.allocated }, 8, BEFORE_MS)).toEqual({ kind: "unchanged", sale });
});

test("an ended sale stays ended: only ending it again is no conflict", () => {
  const ended = { ...sale, state: "ended" } as const;
  for (const change of [{ state: "running" }, { state: "paused" }, { name: "Boot" }] satisfies SaleChange[])
    expect(changeSale(ended, change, 8, BEFORE_MS)).toMatchObject({ kind: "conflict" });
  expect(changeSale(ended, { state: "ended" }, 8, BEFORE_MS)).toEqual({ kind: "unchanged", sale: ended });
});

describe("a paid sale in a currency that nobody can pay in any more", () => {
  const payment = { kind: "held", holdSeconds: 600 } as const;
  const stranded = { ...sale, currency: "ISK", priceMinor: 9_000, payment };

  test("is paused, ended, named, and given more units like any other", () => {
    const changes: SaleChange[] = [
      { state: "paused" },
      { state: "ended" },
      { name: "Boot" },
      { allocated: sale.allocated + 1 },
    ];
    for (const change of changes)
      expect(changeSale(stranded, change, 8, BEFORE_MS)).toMatchObject({ kind: "changed" });
  });

  test("gets no other price or time to pay before it has another currency", () => {
    const changes: SaleChange[] = [{ priceMinor: 9_100 }, { payment: { ...payment, holdSeconds: 300 } }];
    for (const change of changes)
      expect(changeSale(stranded, change, 8, BEFORE_MS)).toMatchObject({
        kind: "conflict",
        why: expect.stringContaining("is not possible in ISK"),
      });
    expect(changeSale(stranded, { currency: "EUR" }, 8, BEFORE_MS)).toMatchObject({ kind: "changed" });
  });

  test("is not published as it is", () => {
    const draft = { ...stranded, visibility: "draft", epoch: 0 } as const;
    expect(changeSale(draft, { visibility: "listed" }, 8, BEFORE_MS)).toMatchObject({ kind: "conflict" });
  });
});

describe("who may come", () => {
  const listed = { kind: "listed", by: "addresses", tiers: [] } as const;
  const guests = { ...listed, tiers: [] };
  const withList = { ...sale, guests, guestList: { id: "list-1", edition: 4 } };
  const after = (of: typeof sale, change: SaleChange) => changeSale(of, change, 8, BEFORE_MS);

  test("changes with the list, whose older invitations are void from then on", () => {
    expect(after(withList, { guestList: "list-2", after: withList.guestList, rows: {} })).toMatchObject({
      kind: "changed",
      sale: { guestList: { id: "list-2", edition: 5, changes: 1 } },
      onlyBeforeOpening: null,
    });
  });

  test("does not go by a list that was made from another one than the present", () => {
    for (const seen of [{ id: "list-0" }, { changes: 1 }])
      expect(
        after(withList, { guestList: "list-2", after: { ...withList.guestList, ...seen }, rows: {} }),
      ).toMatchObject({ kind: "conflict" });
  });

  test("may be changed any time, and keeps its list unless the other kind is wanted", () => {
    expect(after(withList, { guests: { ...guests, kind: "listed" } })).toMatchObject({ kind: "unchanged" });
    expect(after(withList, { guests: { kind: "everybody" } })).toMatchObject({
      sale: { guestList: { id: "", edition: 5 } },
      onlyBeforeOpening: null,
    });
    expect(after(withList, { guests: { ...guests, by: "codes" } })).toMatchObject({
      sale: { guestList: { id: "", edition: 5 } },
    });
  });

  test("has tiers before the opening alone, and they stay once the first has begun", () => {
    const tiers = [{ name: "Gold", startsAt: "2026-11-27T08:30:00.000Z" }];
    expect(after(withList, { guests: { ...guests, tiers } })).toMatchObject({
      sale: { guestList: { id: "list-1", edition: 5 } },
      onlyBeforeOpening: "its tiers can no longer be changed",
    });
    const late = [{ name: "Gold", startsAt: "2026-11-27T09:00:00.000Z" }];
    for (const wrong of [late, [...tiers, { ...tiers[0]!, name: "gold" }]])
      expect(after(withList, { guests: { ...guests, tiers: wrong } })).toMatchObject({ kind: "conflict" });
    expect(after(withList, { guests: { ...guests, kind: "listed_first" } })).toMatchObject({
      kind: "conflict",
    });
    // A start that is moved before its tier is none.
    const tiered = { ...withList, guests: { ...guests, tiers } };
    expect(after(tiered, { startsAt: "2026-11-27T08:00:00.000Z" })).toMatchObject({ kind: "conflict" });
  });
});
