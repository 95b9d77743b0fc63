import { expect, test } from "vitest";
import { endingSoon, expiryOf } from "./key-expiry.ts";

const NOW_MS = Date.parse("2026-11-28T03:00:00.000Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const ends = (inMs: number, revokedAt: string | null = null) => ({
  expiresAt: new Date(NOW_MS + inMs).toISOString(),
  revokedAt,
});

test("a key is warned of for two weeks before its end, and not after", () => {
  expect(expiryOf({ expiresAt: null }, NOW_MS)).toBe("no_end");
  expect(expiryOf(ends(14 * DAY_MS + 1), NOW_MS)).toBe("far");
  expect(expiryOf(ends(14 * DAY_MS), NOW_MS)).toBe("soon");
  expect(expiryOf(ends(1), NOW_MS)).toBe("soon");
  expect(expiryOf(ends(0), NOW_MS)).toBe("over");
});

test("the next one first; of a revoked one nobody is warned", () => {
  const [later, sooner] = [ends(3 * DAY_MS), ends(DAY_MS)];
  expect(endingSoon([later, ends(DAY_MS, "2026-11-27T03:00:00.000Z"), sooner, ends(-1)], NOW_MS)).toEqual([
    sooner,
    later,
  ]);
});
