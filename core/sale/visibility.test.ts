import { describe, expect, test } from "vitest";
import { aSale } from "../../tests/support/test-sale.ts";
import { changeSale, type SaleChange } from "./change-sale.ts";
import { missingToPublish } from "./visibility.ts";

const nowMs = Date.parse("2026-11-27T09:00:00.000Z");
const inAnHour = "2026-11-27T10:00:00.000Z";
const soonMs = Date.parse(inAnHour);
const draft = aSale({ visibility: "draft", epoch: 0, startsAtMs: soonMs, revision: 3 });
const published = aSale({ visibility: "listed", epoch: 1, startsAtMs: soonMs, revision: 3 });
const closed = { ...published, startsAtMs: nowMs - 2, endsAtMs: nowMs - 1, closedAtMs: nowMs };
const retired = { ...closed, visibility: "retired" } as const;

const change = (sale: typeof draft, what: SaleChange) => changeSale(sale, what, 5, nowMs);
const to = (visibility: "draft" | "listed" | "unlisted" | "retired") => ({ visibility });

describe("given a draft", () => {
  test.each(["listed", "unlisted"] as const)(
    "it is published as %s: its gate's first life begins",
    (visibility) => {
      expect(change(draft, to(visibility))).toEqual({
        kind: "changed",
        sale: { ...draft, visibility, revision: 5, epoch: 1 },
        onlyBeforeOpening: null,
      });
    },
  );

  test("it may be changed freely, though its start is past, and stays without a gate", () => {
    const late = { ...draft, startsAtMs: nowMs - 1 };
    expect(change(late, { priceMinor: 1, name: "Boot", allocated: 1 })).toEqual({
      kind: "changed",
      sale: { ...late, priceMinor: 1, name: "Boot", allocated: 1, revision: 5 },
      onlyBeforeOpening: null,
    });
  });

  test("publishing names each thing that is missing, with the settings that come along", () => {
    const late = { ...draft, startsAtMs: nowMs, endsAtMs: nowMs, allocated: 2, purchaseLimit: 3 };
    const refused = change({ ...late, startsAtMs: nowMs - 1 }, to("listed"));
    expect(refused).toMatchObject({ kind: "conflict" });
    expect(refused.kind === "conflict" && refused.obstacles?.map(({ field }) => field)).toEqual([
      "startsAt",
      "endsAt",
      "purchaseLimit",
    ]);
    expect(change({ ...draft, startsAtMs: nowMs }, { ...to("listed"), startsAt: inAnHour })).toMatchObject({
      kind: "changed",
      sale: { visibility: "listed", epoch: 1, startsAtMs: soonMs },
    });
  });

  test("it is not paused, resumed or ended, which would mean that it goes on", () => {
    for (const state of ["paused", "ended"] as const)
      expect(change(draft, { state })).toEqual({
        kind: "conflict",
        why: "the sale is a draft: publish it first",
      });
  });

  test("it is retired and brought back as a draft, without a gate", () => {
    const put = change(draft, to("retired"));
    expect(put).toMatchObject({ kind: "changed", sale: { visibility: "retired", epoch: 0 } });
    const back = put.kind === "changed" && change(put.sale, to("draft"));
    expect(back).toMatchObject({ kind: "changed", sale: { visibility: "draft", epoch: 0 } });
    expect(put.kind === "changed" && change(put.sale, { name: "Boot" })).toMatchObject({ kind: "conflict" });
  });
});

describe("given a sale that was published", () => {
  test("it is never a draft again", () => {
    for (const sale of [published, closed, retired])
      expect(change(sale, to("draft"))).toMatchObject({ kind: "conflict" });
  });

  test("publishing it again changes nothing", () => {
    expect(change(published, to("listed"))).toEqual({ kind: "unchanged", sale: published });
  });

  test("who sees it changes at any time, and nothing else with it: a closed sale stays closed", () => {
    for (const sale of [published, closed, { ...closed, state: "ended" } as const])
      expect(change(sale, to("unlisted"))).toEqual({
        kind: "changed",
        sale: { ...sale, visibility: "unlisted", revision: 5 },
        onlyBeforeOpening: null,
      });
  });

  test("it is retired once it is closed, and not before", () => {
    expect(change(published, to("retired"))).toMatchObject({ kind: "conflict" });
    expect(change({ ...published, state: "ended" }, to("retired"))).toMatchObject({ kind: "conflict" });
    expect(change(closed, to("retired"))).toEqual({
      kind: "changed",
      sale: { ...closed, visibility: "retired", revision: 5 },
      onlyBeforeOpening: null,
    });
  });

  test("an extension and retiring exclude each other, whichever is first", () => {
    expect(change(retired, { endsAt: inAnHour })).toEqual({
      kind: "conflict",
      why: "the sale is retired: bring it back first",
    });
    const extended = change(closed, { endsAt: inAnHour });
    expect(extended).toMatchObject({ kind: "changed", sale: { closedAtMs: null } });
    expect(extended.kind === "changed" && change(extended.sale, to("retired"))).toMatchObject({
      kind: "conflict",
    });
  });

  test("it is retired by itself: no other change, which would open it again, comes along", () => {
    for (const more of [{ endsAt: inAnHour }, { name: "Boot" }])
      expect(change(closed, { ...to("retired"), ...more })).toEqual({
        kind: "conflict",
        why: "a sale is retired by itself: ask for its other changes before",
      });
  });

  test("it is brought back as it is wanted", () => {
    expect(change(retired, to("unlisted"))).toMatchObject({ kind: "changed", sale: { closedAtMs: nowMs } });
    expect(change(retired, { ...to("listed"), endsAt: inAnHour })).toMatchObject({
      kind: "changed",
      sale: { visibility: "listed", closedAtMs: null },
    });
  });
});

test("of a line, its times must be to come", () => {
  const closesAt = new Date(nowMs).toISOString();
  const mode = { kind: "draw", closesAt, resultAt: closesAt, turnSeconds: 60 } as const;
  expect(missingToPublish({ ...draft, mode }, nowMs).map(({ field }) => field)).toEqual([
    "mode.closesAt",
    "mode.resultAt",
  ]);
  expect(missingToPublish(draft, nowMs)).toEqual([]);
});
