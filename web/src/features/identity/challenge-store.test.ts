import { expect, it } from "vitest";
import { createChallengeStore } from "./challenge-store.ts";

const sent = { challenge: "c".repeat(22), email: "ada@example.com", expiresInSeconds: 600 };

/** A tab's storage and a clock that the test sets. */
function tab() {
  const map = new Map<string, string>();
  const clock = { nowMs: Date.UTC(2026, 10, 27, 10) };
  const keep = {
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, text: string) => void map.set(name, text),
    removeItem: (name: string) => void map.delete(name),
  };
  return { map, clock, store: createChallengeStore(keep, () => clock.nowMs) };
}

it("keeps a challenge until it expires, and forgets it then", () => {
  const { map, clock, store } = tab();
  expect(store.load()).toBeNull();
  store.save(sent);
  clock.nowMs += 599_999;
  expect(store.load()).toMatchObject({ challenge: sent.challenge, email: sent.email });
  clock.nowMs += 1;
  expect(store.load()).toBeNull();
  expect(map.size).toBe(0);
});

it("keeps the newest alone, and none once it is used", () => {
  const { store } = tab();
  store.save(sent);
  store.save({ ...sent, challenge: "d".repeat(22) });
  expect(store.load()?.challenge).toBe("d".repeat(22));
  store.forget();
  expect(store.load()).toBeNull();
});

it.each(["{broken", "null", "[]", '{"challenge":1}'])("takes damaged storage for empty: %s", (text) => {
  const { map, store } = tab();
  map.set("flash-sale.challenge", text);
  expect(store.load()).toBeNull();
});
