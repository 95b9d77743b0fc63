import { expect, test } from "vitest";
import { consoleTexts as german } from "../../../texts/de/console.ts";
import { consoleTexts as english } from "../../../texts/en/console.ts";
import { said } from "./said.ts";

const inGerman = (sentence: string) => said(sentence, german);

test("what the API says is shown in German, with figures and names of settings as the page has them", () => {
  expect(inGerman("2 units are taken: the allocation cannot go below that")).toBe(
    "2 Stück sind vergeben: Darunter kann die Stückzahl nicht sinken",
  );
  expect(
    inGerman(
      "mode.closesAt must be two minutes or more before startsAt; mode.resultAt must not be after startsAt",
    ),
  ).toBe(
    "Schluss der ersten Liste: muss zwei Minuten oder mehr vor dem Beginn liegen; Ergebnis der Verlosung: darf nicht nach dem Beginn liegen",
  );
  expect(inGerman("must be 640 × 480 pixels, not 64 × 48")).toBe("muss 640 × 480 Pixel haben, nicht 64 × 48");
  // The longer saying comes first: what begins alike would keep its end in English.
  expect(inGerman("must be at most 100 where units are paid for")).toBe("höchstens 100, wo bezahlt wird");
  expect(inGerman("must be at most 500 where each purchase is sent twice in a line")).toBe(
    "höchstens 500, wo mit einer Schlange jeder Kauf zweimal gesendet wird",
  );
  expect(inGerman("Invalid value: Expected >=1 but received 0")).toBe("mindestens 1, nicht 0");
});

test("what is new to the console stays as it was said", () => {
  expect(said("nobody has translated this; nor this", german)).toBe("nobody has translated this; nor this");
  expect(said("There is no such sale", english)).toBe("There is no such sale");
});
