import type { FairnessIndex } from "../../core/contract/line.ts";
import type { LineFiles } from "../../web/src/features/proof/check-line.ts";
import type { Files } from "./world.ts";

const linesOf = (text: unknown): string[] =>
  typeof text === "string" ? text.split("\n").filter((line) => line !== "") : [];

/** The files of a line of one page each, as the proof page has read them. */
export function pageFilesOf(files: Files): LineFiles {
  const index = files[""] as FairnessIndex;
  const lists = index.lists.map(({ list }) => [list, linesOf(files[`/lists/${list}/0`])] as const);
  return {
    index,
    log: linesOf(files["/log/0"]),
    lists: Object.fromEntries(lists),
    orders: linesOf(files["/orders/0"]),
  };
}
