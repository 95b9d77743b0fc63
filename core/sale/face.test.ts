import { describe, expect, test } from "vitest";
import { aPicture, aSale } from "../../tests/support/test-sale.ts";
import { changeSale } from "./change-sale.ts";
import { faceAt, MOST_FACES } from "./face.ts";
import type { Sale } from "./sale.ts";

const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const begun = startsAtMs + 1_000;
const lamp = aSale({ startsAtMs, name: "Lamp", description: "Brass" });

function changed(sale: Sale, change: Parameters<typeof changeSale>[1], nowMs: number): Sale {
  const outcome = changeSale(sale, change, sale.revision + 2, nowMs);
  if (outcome.kind !== "changed") throw new Error(outcome.kind);
  return outcome.sale;
}

describe("given orders before and after a sale is renamed", () => {
  const boot = changed(lamp, { name: "Boot", picture: aPicture }, begun);
  const shoe = changed(boot, { name: "Shoe" }, begun + 1_000);

  test("each bears what it was bought as", () => {
    const names = [begun - 1, begun, begun + 999, begun + 1_000, begun + 9_000].map(
      (at) => faceAt(shoe, at).name,
    );
    expect(names).toEqual(["Lamp", "Boot", "Boot", "Shoe", "Shoe"]);
    const { translations } = lamp;
    expect(faceAt(shoe, begun - 1)).toEqual({
      name: "Lamp",
      description: "Brass",
      translations,
      picture: null,
    });
    expect(faceAt(shoe, begun).picture).toEqual(aPicture);
  });
});

test("a name in another language is kept as well, and saying the same again keeps nothing", () => {
  const [de, en] = [
    { name: "Lampe", description: "" },
    { name: "Lantern", description: "" },
  ];
  const translated = changed(lamp, { translations: { de } }, begun);
  const both = changed(translated, { translations: { en, de } }, begun + 1_000);
  expect([faceAt(both, begun - 1), faceAt(both, begun), faceAt(both, begun + 1_000)]).toMatchObject([
    { translations: {} },
    { translations: { de } },
    { translations: { en, de } },
  ]);
  expect(changeSale(both, { translations: { de, en } }, 99, begun).kind).toBe("unchanged");
  expect(changeSale(lamp, { translations: { de: { name: "", description: "" } } }, 99, begun).kind).toBe(
    "unchanged",
  );
});

test("before anybody can have bought, nothing is kept", () => {
  expect(changed(lamp, { name: "Boot" }, startsAtMs - 1).faces).toEqual([]);
});

test("a change of something else keeps nothing", () => {
  expect(changed(lamp, { allocated: 9 }, begun).faces).toEqual([]);
});

test(`after ${MOST_FACES} changes of what is shown another one is refused, and any other change is not`, () => {
  let sale = lamp;
  for (let i = 0; i < MOST_FACES; i++) sale = changed(sale, { name: `Lamp ${i}` }, begun + i);
  expect(changeSale(sale, { name: "Once more" }, 999, begun + 99)).toMatchObject({ kind: "conflict" });
  expect(changed(sale, { allocated: 9 }, begun + 99).allocated).toBe(9);
});
