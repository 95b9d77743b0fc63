/** A drawn element: its tag, attributes and children. No inline style, which the Content-Security-Policy forbids. */
export type Shape = { tag: string; attrs: Record<string, string | number>; children?: readonly Shape[] };

/** FNV-1a: the same sale id gives the same picture everywhere. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

const hsl = (hue: number, saturation: number, light: number) =>
  `hsl(${((hue % 360) + 360) % 360} ${saturation}% ${light}%)`;

const shape = (tag: string, attrs: Shape["attrs"], children?: readonly Shape[]): Shape =>
  children ? { tag, attrs, children } : { tag, attrs };

type Stop = readonly [offset: number, colour: string];
const stops = (list: readonly Stop[]) =>
  list.map(([offset, colour]) => shape("stop", { offset, "stop-color": colour }));

const linear = (id: string, angle: number, list: readonly Stop[]) =>
  shape("linearGradient", { id, gradientTransform: `rotate(${angle} .5 .5)` }, stops(list));
/** Light from the upper left, as on a ball. */
const lit = (id: string, hue: number, saturation: number) =>
  shape("radialGradient", { id, cx: 0.36, cy: 0.3, r: 0.8 }, [
    ...stops([
      [0, hsl(hue + 8, saturation, 84)],
      [0.35, hsl(hue, saturation, 62)],
      [0.8, hsl(hue - 12, saturation, 38)],
      [1, hsl(hue - 6, saturation, 46)],
    ]),
  ]);

type Paint = { body: string; second: string; plinth: string; shadow: string; pale: string };

const shadow = (paint: Paint, cx: number, rx: number, cy = 640) =>
  shape("ellipse", { cx, cy, rx, ry: rx * 0.13, fill: hslShadow, opacity: 0.4, filter: paint.shadow });
const hslShadow = "#1a120c";

const plinth = (paint: Paint, x: number, width: number, top: number): readonly Shape[] => [
  shadow(paint, x + width / 2 + 30, width * 0.62),
  shape("path", {
    d: `M${x} ${top}v${640 - top}a${width / 2} ${width * 0.11} 0 0 0 ${width} 0V${top}z`,
    fill: paint.plinth,
  }),
  shape("ellipse", { cx: x + width / 2, cy: top, rx: width / 2, ry: width * 0.11, fill: paint.pale }),
];
const ball = (fill: string, cx: number, cy: number, r: number) => shape("circle", { cx, cy, r, fill });

/** Four still lifes; the sale's id chooses one, and its colours. */
const compositions: readonly ((paint: Paint) => readonly Shape[])[] = [
  (paint) => [
    shape("path", { d: "M250 640V330a150 150 0 0 1 300 0v310z", fill: paint.pale, opacity: 0.55 }),
    ...plinth(paint, 290, 220, 520),
    ball(paint.body, 400, 412, 112),
    shadow(paint, 620, 60, 650),
    ball(paint.second, 610, 605, 48),
  ],
  (paint) => [
    ball(paint.pale, 400, 330, 210),
    shadow(paint, 430, 190),
    shape("ellipse", { cx: 400, cy: 580, rx: 168, ry: 66, fill: paint.plinth }),
    shape("ellipse", { cx: 386, cy: 478, rx: 122, ry: 54, fill: paint.second }),
    ball(paint.body, 402, 352, 82),
  ],
  (paint) => [
    shadow(paint, 430, 200),
    shape("circle", {
      cx: 400,
      cy: 430,
      r: 170,
      fill: "none",
      stroke: paint.body,
      "stroke-width": 76,
    }),
    ball(paint.second, 400, 430, 70),
  ],
  (paint) => [
    shape("rect", { x: 130, y: 190, width: 250, height: 450, rx: 125, fill: paint.pale, opacity: 0.5 }),
    ...plinth(paint, 200, 170, 560),
    ...plinth(paint, 400, 200, 450),
    ball(paint.body, 500, 356, 88),
    ball(paint.second, 285, 506, 48),
  ],
];

const pick = <T>(list: readonly T[], seed: number): T => list[seed % list.length]!;
/** Grounds that are calm in light and dark, each with a body that stands out on it. */
const palettes = [
  [32, 16, 205],
  [205, 28, 190],
  [12, 350, 45],
  [150, 45, 165],
  [265, 24, 255],
  [222, 340, 215],
] as const;

/** The picture of a sale without one: shapes in a light of their own, 800 by 800, always the same for one id. */
export function saleArt(saleId: string): Shape {
  const seed = hash(saleId);
  const [ground, body, second] = pick(palettes, seed);
  const id = (name: string) => `art-${name}-${seed.toString(36)}`;
  const url = (name: string) => `url(#${id(name)})`;
  const paint: Paint = {
    body: url("body"),
    second: url("second"),
    plinth: url("plinth"),
    shadow: url("soft"),
    pale: hsl(ground + 4, 42, 90),
  };
  const defs = shape("defs", {}, [
    linear(id("wall"), 60, [
      [0, hsl(ground, 40, 86)],
      [1, hsl(ground - 10, 34, 68)],
    ]),
    linear(id("floor"), 90, [
      [0, hsl(ground - 8, 32, 62)],
      [1, hsl(ground, 36, 76)],
    ]),
    linear(id("plinth"), 0, [
      [0, hsl(ground, 36, 84)],
      [0.4, hsl(ground, 36, 80)],
      [1, hsl(ground - 8, 28, 54)],
    ]),
    lit(id("body"), body, 72),
    lit(id("second"), second, 40),
    shape("filter", { id: id("soft"), x: -0.5, y: -1, width: 2, height: 3 }, [
      shape("feGaussianBlur", { stdDeviation: 14 }),
    ]),
  ]);
  return shape(
    "svg",
    { viewBox: "0 0 800 800", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    [
      defs,
      shape("rect", { width: 800, height: 800, fill: url("wall") }),
      shape("rect", { y: 590, width: 800, height: 210, fill: url("floor") }),
      ...pick(compositions, seed >>> 8)(paint),
    ],
  );
}
