type Search = {
  readonly pages: number;
  readonly leaf: string;
  /** The entry's line of the public list. */
  readonly line: string;
  readonly read: (page: number) => Promise<string>;
  readonly leafOfLine: (line: string) => Promise<string>;
};

/**
 * Whether a published list has an entry. It is sorted by leaf, and leaves are spread evenly: the page is guessed, and its
 * ends say which way to go.
 */
export async function findInList({ pages, leaf, line, read, leafOfLine }: Search): Promise<boolean> {
  let [low, high] = [0, pages - 1];
  let page = Math.floor((Number.parseInt(leaf.slice(0, 12), 16) / 2 ** 48) * pages);
  while (low <= high) {
    page = Math.min(high, Math.max(low, page));
    const lines = (await read(page)).split("\n").filter((text) => text !== "");
    if (lines.includes(line)) return true;
    if (leaf < (await leafOfLine(lines[0] ?? ""))) high = --page;
    else if (leaf > (await leafOfLine(lines.at(-1) ?? ""))) low = ++page;
    else return false;
  }
  return false;
}
