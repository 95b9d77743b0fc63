import { expect, it } from "vitest";
import { type Shape, saleArt } from "./sale-art.ts";

const attributes = (shape: Shape): string[] => [
  ...Object.keys(shape.attrs),
  ...(shape.children ?? []).flatMap(attributes),
];

it("draws the same picture for the same sale, and another for another", () => {
  expect(saleArt("sale_a")).toEqual(saleArt("sale_a"));
  expect(saleArt("sale_a")).not.toEqual(saleArt("sale_b"));
});

it("uses no inline style, which the Content-Security-Policy forbids", () => {
  for (const id of ["sale_a", "sale_b", "sale_c", "sale_d", "sale_e"])
    expect(attributes(saleArt(id))).not.toContain("style");
});
