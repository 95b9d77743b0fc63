import type { LineNumbers } from "../api/contract.ts";

type Row = LineNumbers["lists"][number];
export const barParts = ["bought", "inside", "lapsed", "waiting"] as const;
type Part = (typeof barParts)[number];

/** How the entries of a list's lane divide; who has bought after a lapse was told counts as bought. */
export function shareOf({ entries, admitted, bought, lapsed, waiting }: Row): Record<Part, number> {
  const inside = Math.max(0, admitted - bought - lapsed);
  return { bought, inside, lapsed, waiting: Math.max(0, Math.min(waiting, entries)) };
}

/** Where each part of a bar begins and how wide it is, in percent of the longest list. */
export function barsOf(row: Row, most: number): { part: Part; x: number; width: number }[] {
  const shares = shareOf(row);
  let x = 0;
  return barParts.map((part) => {
    const width = most > 0 ? (shares[part] / most) * 100 : 0;
    const bar = { part, x, width };
    x += width;
    return bar;
  });
}
