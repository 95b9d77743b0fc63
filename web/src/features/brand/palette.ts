/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/** WCAG 2.2: text 4.5 (1.4.3), what is no text 3 (1.4.11). */
const TEXT = 4.5;
const SHAPE = 3;
const PAPER = { light: "#f6f4ef", dark: "#12110f" } as const;
const INKS = ["#ffffff", "#14110f"] as const;
const STEPS = Array.from({ length: 20 }, (_, index) => (index + 1) * 0.05);

const parse = (hex: string): Colour =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
const format = (colour: Colour): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function mix(from: string, to: string, share: number): string {
  const [a, b] = [parse(from), parse(to)];
  return format(a.map((part, index) => part + ((b[index] ?? 0) - part) * share) as unknown as Colour);
}

/** WCAG's relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = parse(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(color: string, other: string): number {
  const [a, b] = [luminance(color), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** `colour`, moved towards `to` until it stands out from `ground`. */
const movedUntil = (colour: string, to: string, ground: string, least: number): string =>
  [0, ...STEPS]
    .map((share) => mix(colour, to, share))
    .find((candidate) => contrast(candidate, ground) >= least) ?? to;

function shades(accent: string, paper: string, away: string) {
  const onAccent = INKS.toSorted((a, b) => contrast(b, accent) - contrast(a, accent))[0] ?? INKS[0];
  const liveGround = mix(paper, accent, 0.14);
  return {
    "--accent": accent,
    "--on-accent": onAccent,
    // Away from the letters on it, so that they can be read as well as before.
    "--accent-hover": mix(accent, onAccent === INKS[0] ? "#000000" : "#ffffff", 0.2),
    "--accent-strong": movedUntil(mix(accent, away, 0.2), away, liveGround, TEXT),
    "--live-ground": liveGround,
  };
}

/**
 * The custom properties of a shop's own colour, on light and on dark paper; every pair that pages use is readable.
 *
 * @throws Error if the colour is too pale to be seen on light paper
 */
export function paletteOf(accent: string): string {
  if (contrast(accent, PAPER.light) < SHAPE)
    throw new Error(`SHOP_ACCENT ${accent} is too pale for a light page: take a darker one`);
  const light = shades(accent, PAPER.light, "#000000");
  const dark = shades(movedUntil(accent, "#ffffff", PAPER.dark, TEXT), PAPER.dark, "#ffffff");
  const lines = Object.entries(light).map(
    ([name, colour]) => `${name}: light-dark(${colour}, ${dark[name as keyof typeof dark]});`,
  );
  return `:root { ${lines.join(" ")} }`;
}
