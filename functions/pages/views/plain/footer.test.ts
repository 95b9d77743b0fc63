import { expect, test } from "vitest";
import { readShop } from "../../../../core/contract/shop.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { footer } from "./footer.ts";

test("the shop's links in the page's language; one that is not set says which setting it waits for", () => {
  const shop = readShop({
    SHOP_IMPRINT_URL: "https://shop.example.com/{language}/imprint?a=1&b=2",
    SHOP_TERMS_URL: "https://shop.example.com/terms",
  });
  const markup = footer(plainWordsIn("de", shop)).text;
  expect(markup).toContain('<a href="https://shop.example.com/de/imprint?a=1&amp;b=2">Impressum</a>');
  expect(markup).toContain('<a href="https://shop.example.com/terms">AGB</a>');
  expect(markup).toContain("Datenschutz: noch nicht gesetzt (SHOP_PRIVACY_URL)");
});
