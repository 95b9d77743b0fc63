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

/** Lines of a page of each kind of file: section 7 of docs/fairness.md. */
const PAGE = { log: 1_000, list: 5_000, orders: 1_000 } as const;

type Pages = {
  readonly folder: string;
  readonly lines: number;
  readonly pages: number;
  readonly pageLines: number;
  /** A page may have grown since the index was written: what is beyond is left out. */
  readonly mayGrow: boolean;
};

/** The lines of numbered pages. @throws Unreadable: a line is cut off or empty, or there are other lines than the index says. */
async function readPages({ folder, lines, pages, pageLines, mayGrow }: Pages, onPage: () => void) {
  if (pages !== Math.ceil(lines / pageLines))
    throw new Unreadable(`${folder}: ${pages} pages, ${lines} lines`);
  const read: string[] = [];
  for (let page = 0; page < pages; page++) {
    const found = (await textOf(await readFile(`${folder}/${page}`))).split("\n");
    const isWhole = found.pop() === "" && !found.includes("");
    const expected = Math.min(pageLines, lines - page * pageLines);
    const most = mayGrow ? pageLines : expected;
    if (!isWhole || found.length < expected || found.length > most)
      throw new Unreadable(`${folder}/${page}: ${found.length} lines, ${expected} expected`);
    for (const line of found.slice(0, expected)) read.push(line);
    onPage();
  }
  return read;
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
  const read = (name: string, lines: number, pages: number, kind: keyof typeof PAGE) =>
    readPages(
      { folder: `${folder}/${name}`, lines, pages, pageLines: PAGE[kind], mayGrow: kind !== "list" },
      onPage,
    );
  const log = await read("log", index.log.lines, index.log.pages, "log");
  const lists: Record<number, readonly string[]> = {};
  for (const { list, count: entries, pages } of index.lists)
    lists[list] = await read(`lists/${list}`, entries, pages, "list");
  const orders = await read("orders", index.orders.count, index.orders.pages, "orders");
  return { index, log, lists, orders };
}
