import type { FairnessIndex } from "../api/contract.ts";
import type { LineFiles } from "./check-line.ts";
import { isPlainJson } from "./plain-json.ts";

const LIMIT_MS = 30_000;

/** Thrown when a file is missing, late or too short: then nothing can be said of the line. */
export class Unreadable extends Error {}

async function readFile(path: string): Promise<Response> {
  try {
    const response = await fetch(path, { credentials: "omit", signal: AbortSignal.timeout(LIMIT_MS) });
    if (response.ok) return response;
    throw new Unreadable(`${path}: ${response.status}`);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(path, { cause: error });
  }
}

/** Byte for byte. @throws Unreadable: it is no UTF-8. A byte order mark stays, and is part of no line. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(await response.arrayBuffer());
  } catch (cause) {
    throw new Unreadable(response.url, { cause });
  }
}

const folderOf = (saleId: string) => `/api/sale/${encodeURIComponent(saleId)}/fairness`;

export async function readIndex(saleId: string): Promise<FairnessIndex> {
  const response = await readFile(folderOf(saleId));
  try {
    const text = await textOf(response);
    // Whoever reads a name twice takes one of the two.
    if (!isPlainJson(text)) throw new Error("it says two things");
    return JSON.parse(text) as FairnessIndex;
  } catch (cause) {
    throw new Unreadable("index", { cause });
  }
}

/** The lines of numbered pages. A page may have grown since the index was written: what is beyond is left out. */
async function readPages(folder: string, lines: number, pages: number, onPage: () => void) {
  const read: string[] = [];
  for (let page = 0; page < pages; page++) {
    const text = await textOf(await readFile(`${folder}/${page}`));
    for (const line of text.split("\n")) if (line !== "") read.push(line);
    onPage();
  }
  if (read.length < lines) throw new Unreadable(`${folder}: ${read.length} < ${lines}`);
  return read.slice(0, lines);
}

/** Reads all files of a line; tells how many of how many pages are read. */
export async function readFiles(
  index: FairnessIndex,
  onProgress: (read: number, all: number) => void,
): Promise<LineFiles> {
  const folder = folderOf(index.saleId);
  const all = index.log.pages + index.orders.pages + index.lists.reduce((sum, { pages }) => sum + pages, 0);
  let count = 0;
  const onPage = () => onProgress(++count, all);
  const log = await readPages(`${folder}/log`, index.log.lines, index.log.pages, onPage);
  const lists: Record<number, readonly string[]> = {};
  for (const entry of index.lists)
    lists[entry.list] = await readPages(`${folder}/lists/${entry.list}`, entry.count, entry.pages, onPage);
  const orders = await readPages(`${folder}/orders`, index.orders.count, index.orders.pages, onPage);
  return { index, log, lists, orders };
}
