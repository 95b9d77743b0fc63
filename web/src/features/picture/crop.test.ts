import { expect, test } from "vitest";
import { cropTo } from "./crop.ts";

const shape = { width: 1440, height: 1080 };

test.each([
  ["as it is", [1440, 1080], [0, 0, 1440, 1080]],
  ["too wide", [4000, 1500], [1000, 0, 2000, 1500]],
  ["too high", [3000, 4000], [0, 875, 3000, 2250]],
  ["too small", [800, 800], [0, 100, 800, 600]],
  ["by a pixel", [1441, 1080], [0, 0, 1440, 1080]],
] as const)("a picture that is %s", (_, [width, height], [x, y, w, h]) => {
  expect(cropTo(shape, { width, height })).toEqual({ x, y, width: w, height: h });
});

test("a crop never reaches beyond the picture, whatever its size", () => {
  for (let width = 1; width < 200; width += 1)
    for (let height = 1; height < 200; height += 7) {
      const crop = cropTo(shape, { width, height });
      expect([crop.x >= 0, crop.y >= 0]).toEqual([true, true]);
      expect([crop.x + crop.width <= width, crop.y + crop.height <= height]).toEqual([true, true]);
    }
});
