import { createHmac } from "node:crypto";
import type { ToldTurn } from "./launch.ts";

/** Each file by its path, as `verify-fairness.mjs --save` keeps them once it has checked them. */
export type PublishedFiles = Readonly<Record<string, string>>;

type Place = { readonly rank: string; readonly step: number | null };
type Listed = {
  readonly leaf: string;
  readonly list: number;
  readonly lane: number;
  readonly quantity: number;
};
type LogLine = { readonly kind: string } & Readonly<Record<string, unknown>>;

const linesOf = (files: PublishedFiles, folder: string): string[] =>
  Object.keys(files)
    .filter((path) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => Number(a.slice(folder.length + 1)) - Number(b.slice(folder.length + 1)))
    .flatMap((path) => files[path]!.split("\n").filter((line) => line !== ""));

/**
 * The place of each of these leaves in the order that the published log makes: its rank, and the step in which it has its
 * turn. Made of docs/fairness.md, sections 4 and 6, and of no line of the product's code. A leaf of a list without key has none.
 */
export function publishedPlaces(files: PublishedFiles, entries: readonly Listed[]): Map<string, Place> {
  const log = linesOf(files, "/log").map((line) => JSON.parse(line) as LogLine);
  const keys = new Map(log.filter(({ kind }) => kind === "key").map(({ list, key }) => [list, String(key)]));
  const steps = log.filter(({ kind }) => kind === "step");
  const places = new Map<string, Place>();
  for (const { leaf, list, lane, quantity } of entries) {
    const key = keys.get(list);
    if (key === undefined) continue;
    const lot = createHmac("sha256", Buffer.from(key, "hex")).update(Buffer.from(leaf, "hex")).digest("hex");
    const rank = `${String(list).padStart(8, "0")}.${lane}.${lot}`;
    const step = steps.find(
      ({ after, upTo, quantityAtMost }) =>
        String(after) < rank && rank <= String(upTo) && quantity <= Number(quantityAtMost),
    );
    places.set(leaf, { rank, step: step === undefined ? null : Number(step["step"]) });
  }
  return places;
}

/** Turns that people were told and that the published order does not give, or gives otherwise; each in words. */
export function misplacedTurns(
  turns: readonly Omit<ToldTurn, "wasPassedOver">[],
  places: ReadonlyMap<string, Place>,
  admitted: ReadonlySet<string>,
): string[] {
  const wrong = turns.flatMap(({ leaf, rank, step }) => {
    const place = places.get(leaf);
    if (place?.rank === rank && place.step === step) return [];
    return [`${leaf} was told step ${step}, and has step ${place?.step ?? "none"}`];
  });
  const stranger = [...admitted].filter((leaf) => (places.get(leaf)?.step ?? null) === null);
  return [...wrong, ...stranger.map((leaf) => `${leaf} bought, and no step is its turn`)];
}
