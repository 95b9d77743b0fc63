import { expect, it } from "vitest";
import type { Phase, SaleStatus } from "./sale.ts";
import { inListOrder } from "./list-order.ts";

const sale = (name: string, phase: Phase, day: number) =>
  ({ name, phase, startsAt: `2026-11-${String(day).padStart(2, "0")}T09:00:00.000Z` }) as SaleStatus;

it("puts what can be bought first, then what opens next, and what is over last", () => {
  const sales = [
    sale("ended", "ended", 1),
    sale("later", "scheduled", 20),
    sale("sold out", "sold_out", 9),
    sale("soon", "scheduled", 12),
    sale("older", "open", 8),
    sale("newer", "open", 10),
    sale("paused", "paused", 9),
  ];
  expect(inListOrder(sales).map(({ name }) => name)).toEqual([
    "newer",
    "older",
    "paused",
    "soon",
    "later",
    "sold out",
    "ended",
  ]);
});
