import type { FairnessIndex } from "../../core/contract/line.ts";
import { vi } from "vitest";
import type { LineFiles } from "../../web/src/features/proof/check-line.ts";
import { readFiles, readIndex } from "../../web/src/features/proof/read-files.ts";
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

/** The same by the page's own reader, from a site that has these files alone. @throws Unreadable as the page says it. */
export async function readAsPage(files: Files): Promise<LineFiles> {
  const { saleId } = files[""] as FairnessIndex;
  const answers = async (url: string) => {
    const file = files[url.replace(`/api/sale/${saleId}/fairness`, "")];
    if (file === undefined) return new Response(null, { status: 404 });
    return new Response(typeof file === "string" ? file : JSON.stringify(file));
  };
  vi.stubGlobal("fetch", answers);
  try {
    return await readFiles(await readIndex(saleId), () => {});
  } finally {
    vi.unstubAllGlobals();
  }
}
