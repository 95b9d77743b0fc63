import { expect, test } from "vitest";
import { localeTag } from "./locale-tag.ts";

test("figures follow the shopper's own variety of the page's language", () => {
  expect(localeTag(["de-AT", "en-GB", "en"], "en")).toBe("en-GB");
  expect(localeTag(["de-AT", "en-GB"], "de")).toBe("de-AT");
  expect(localeTag(["fr"], "en")).toBe("en");
});

test("what is no language tag is passed over", () => {
  expect(localeTag(["en-US@posix", "en-GB"], "en")).toBe("en-GB");
  expect(localeTag(["en-US@posix"], "en")).toBe("en");
});
