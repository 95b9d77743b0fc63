import { describe, expect, test } from "vitest";
import { linkIn, readShop, unsetOf } from "./shop.ts";

const set = {
  SHOP_NAME: " Meridian ",
  SHOP_IMPRINT_URL: "https://shop.example.com/{language}/imprint",
  SHOP_PRIVACY_URL: "https://shop.example.com/privacy",
  SHOP_TERMS_URL: "https://shop.example.com/terms",
};

describe("a shop's settings", () => {
  test("all that is set is read, and a link may name the language", () => {
    const shop = readShop(set);
    expect(shop.name).toBe("Meridian");
    expect(linkIn(shop.imprintUrl, "de")).toBe("https://shop.example.com/de/imprint");
    expect(unsetOf(shop)).toEqual([]);
  });

  test("without any, it has a name, and says which links are missing", () => {
    expect(readShop({}).name).toBe("Flash sale");
    expect(unsetOf(readShop({ SHOP_TERMS_URL: "" }))).toEqual([
      "SHOP_IMPRINT_URL",
      "SHOP_PRIVACY_URL",
      "SHOP_TERMS_URL",
    ]);
  });

  test.each(["red", "#fff", "#12345g"])("%s is no colour", (accent) => {
    expect(() => readShop({ ...set, SHOP_ACCENT: accent })).toThrow("SHOP_ACCENT must be a colour");
  });

  test.each(["imprint", "javascript:alert(1)", 'https://a.example/"><script>', "https://a b"])(
    "%s is no web address",
    (url) => {
      expect(() => readShop({ ...set, SHOP_IMPRINT_URL: url })).toThrow("SHOP_IMPRINT_URL must be a web");
    },
  );
});
