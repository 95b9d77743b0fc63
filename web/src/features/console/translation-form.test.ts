import { expect, test } from "vitest";
import { fieldsOfTranslations, readTranslations } from "./translation-form.ts";

test("the form has every language, and asks only for what says something", () => {
  const fields = fieldsOfTranslations({ de: { name: "Lampe", description: "Messing" } });
  expect(fields).toEqual({
    "name.en": "",
    "description.en": "",
    "name.de": "Lampe",
    "description.de": "Messing",
  });
  expect(readTranslations(fields)).toEqual({ de: { name: "Lampe", description: "Messing" } });
  expect(readTranslations({ ...fields, "name.de": " ", "description.de": "" })).toEqual({});
});
