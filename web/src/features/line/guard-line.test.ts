import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LineView, SaleId } from "../api/contract.ts";
import { guardLine } from "./guard-line.ts";
import { createLineStore } from "./line-store.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const MINUTE_MS = 60_000;
const view = (lines: number): LineView =>
  ({ lists: [], log: { lines, hash: "a".repeat(64) } }) as Partial<LineView> as LineView;

/** What a browser keeps, over its pages. */
function aBrowser() {
  const kept = new Map<string, string>();
  const keep = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
    [Symbol.iterator]: () => kept.keys(),
  };
  return () => {
    const store = createLineStore(keep, saleId);
    const guard = guardLine({ saleId, store, onChange: () => {}, onUndone: () => {} });
    return {
      alarmsAfter: (lines: number) => {
        guard.look(view(lines), null);
        return guard.alarms();
      },
    };
  };
}

describe("a log that gets shorter", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is shouted out once it is still shorter a minute later", () => {
    const { alarmsAfter } = aBrowser()();
    expect(alarmsAfter(120)).toEqual([]);
    expect(alarmsAfter(118)).toEqual([]);
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(alarmsAfter(118)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(alarmsAfter(119)).toEqual(["log_changed"]);
  });

  it("says nothing if it was an older copy for a moment, however often", () => {
    const { alarmsAfter } = aBrowser()();
    for (let look = 0; look < 5; look++) {
      expect(alarmsAfter(120)).toEqual([]);
      vi.advanceTimersByTime(MINUTE_MS / 2);
      expect(alarmsAfter(118)).toEqual([]);
      vi.advanceTimersByTime(MINUTE_MS / 2);
    }
  });

  it("is noticed by another page of the browser, too", async () => {
    const open = aBrowser();
    open().alarmsAfter(120);
    await vi.advanceTimersByTimeAsync(0);
    const { alarmsAfter } = open();
    expect(alarmsAfter(118)).toEqual([]);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(alarmsAfter(118)).toEqual(["log_changed"]);
  });
});
