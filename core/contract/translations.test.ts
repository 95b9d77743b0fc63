import { expect, test } from "vitest";
import { inLanguage, nameIn, namesOf, tidied } from "./translations.ts";

const lamp = { name: "Lamp", description: "Brass", priceMinor: 1 };

test("a sale is shown in the language of its translation, and each part that has none as it is", () => {
  const translations = {
    de: { name: "Lampe", description: "" },
    en: { name: "", description: "Fine brass" },
  };
  expect(inLanguage({ ...lamp, translations }, "de")).toMatchObject({ name: "Lampe", description: "Brass" });
  expect(inLanguage({ ...lamp, translations }, "en")).toMatchObject({
    name: "Lamp",
    description: "Fine brass",
  });
  expect(inLanguage({ ...lamp, translations: {} }, "de")).toEqual({ ...lamp, translations: {} });
});

test("a translation that says nothing is none, and the order in which they came does not count", () => {
  const de = { name: "Lampe", description: "" };
  const en = { name: "Lantern", description: "x" };
  expect(tidied({ de: { name: "", description: "" } })).toEqual({});
  expect(JSON.stringify(tidied({ de, en }))).toBe(JSON.stringify(tidied({ en, de })));
});

test("names are kept where they are others", () => {
  const names = namesOf({ de: { name: "Lampe", description: "" }, en: { name: "", description: "x" } });
  expect(names).toEqual({ de: "Lampe" });
  expect([nameIn({ name: "Lamp", names }, "de"), nameIn({ name: "Lamp", names }, "en")]).toEqual([
    "Lampe",
    "Lamp",
  ]);
});
