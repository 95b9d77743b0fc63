import type { Receipt, SaleId } from "../api/contract.ts";
import { commitmentOf, hashOfText, leafOf } from "./entry-hash.ts";
import { findInList } from "./find-in-list.ts";

const LIMIT_MS = 10_000;
const LIST_PAGE_ENTRIES = 5_000;
const LOG_PAGE_LINES = 1_000;

/** Pages are the same for everybody, and from the CDN. @throws when one does not come. */
async function read(saleId: SaleId, path: string): Promise<string> {
  const url = `/api/sale/${encodeURIComponent(saleId)}/fairness${path}`;
  const response = await fetch(url, { credentials: "omit", signal: AbortSignal.timeout(LIMIT_MS) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

/** Whether the public list has the entry of a receipt, by the leaf that follows from it. @throws when a page does not come. */
export async function hasOwnLeaf(receipt: Receipt, entries: number): Promise<boolean> {
  const { saleId, list, lane, quantity } = receipt;
  const commitment = await commitmentOf(receipt);
  return findInList({
    pages: Math.ceil(entries / LIST_PAGE_ENTRIES),
    leaf: await leafOf({ ...receipt, commitment }),
    line: `${commitment} ${lane} ${quantity}`,
    read: (page) => read(saleId, `/lists/${list}/${page}`),
    leafOfLine: (line) => {
      const [other = "", otherLane, otherQuantity] = line.split(" ");
      const entry = { lane: otherLane === "1" ? 1 : 0, quantity: Number(otherQuantity) } as const;
      return leafOf({ saleId, list, ...entry, commitment: other });
    },
  });
}

/** Whether the leaf in a receipt is the one that follows from the rest of it. */
export const isReceiptRight = async (receipt: Receipt): Promise<boolean> =>
  (await leafOf({ ...receipt, commitment: await commitmentOf(receipt) })) === receipt.leaf;

/** Whether the log of now still has the line that was its last one when it had `lines`. @throws when the page does not come. */
export async function leadsThrough(
  saleId: SaleId,
  { lines, hash }: { lines: number; hash: string },
): Promise<boolean> {
  if (lines === 0) return true;
  const last = lines - 1;
  const text = await read(saleId, `/log/${Math.floor(last / LOG_PAGE_LINES)}`);
  const line = text.split("\n")[last % LOG_PAGE_LINES];
  // An older copy of a page that still grows: it says nothing.
  if (line === undefined || line === "") throw new Error(`line ${last} of the log is not there yet`);
  return (await hashOfText(line)) === hash;
}
