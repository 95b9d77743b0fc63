import { describe, expect, test } from "vitest";
import { contrast, paletteOf } from "./palette.ts";

/** The two values of a property. */
const pairOf = (css: string, name: string): string[] =>
  new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)?.slice(1) ?? [];

describe("a shop's colour", () => {
  test.each(["#0b57c2", "#c2370b", "#6a1b9a", "#000000", "#8a6d00", "#008066"])(
    "%s: letters on it and its letters can be read, and it is seen on its paper",
    (accent) => {
      const css = paletteOf(accent);
      const of = (name: string) => pairOf(css, name);
      for (const look of [0, 1]) {
        const value = (name: string) => of(name)[look] ?? "";
        expect(contrast(value("--on-accent"), value("--accent"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(value("--on-accent"), value("--accent-hover"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(value("--accent-strong"), value("--live-ground"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(value("--accent"), ["#f6f4ef", "#12110f"][look] ?? "")).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test("one that nobody would see on a light page is refused", () => {
    expect(() => paletteOf("#ffe600")).toThrow("SHOP_ACCENT #ffe600 is too pale");
  });

  test("contrast is WCAG's", () => {
    expect(contrast("#000000", "#ffffff")).toBe(21);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });
});
