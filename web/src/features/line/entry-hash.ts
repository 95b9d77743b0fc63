import type { Receipt } from "../api/contract.ts";
import { rankOf } from "./rank.ts";

/**
 * What follows from a receipt by docs/fairness.md, computed by the browser itself. Browsers have these functions on secure
 * addresses alone; elsewhere the server has to be believed.
 */
export const canHash = (): boolean => (globalThis.crypto.subtle as SubtleCrypto | undefined) !== undefined;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
const text = (ascii: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(ascii, (letter) => letter.charCodeAt(0));

async function sha256(...parts: readonly Uint8Array[]): Promise<string> {
  const bytes = new Uint8Array(await new Blob([...parts] as BlobPart[]).arrayBuffer());
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

export const hashOfText = (line: string): Promise<string> => sha256(new TextEncoder().encode(line));

function unsigned(value: number, bytes: 1 | 2 | 4): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer, 4 - bytes);
}

export const commitmentOf = ({ salt, buyerId }: Receipt): Promise<string> =>
  sha256(unhex(salt), text(buyerId));

type ListedEntry = Pick<Receipt, "saleId" | "list" | "lane" | "quantity"> & { readonly commitment: string };

export const leafOf = ({ saleId, list, lane, quantity, commitment }: ListedEntry): Promise<string> =>
  sha256(
    unsigned(0, 1),
    text(saleId),
    unsigned(list, 4),
    unsigned(lane, 1),
    unsigned(quantity, 2),
    unhex(commitment),
  );

/** The rank of an entry whose list has this key. */
export async function rankBy(key: string, receipt: Receipt): Promise<string> {
  const leaf = await leafOf({ ...receipt, commitment: await commitmentOf(receipt) });
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", unhex(key), algorithm, false, ["sign"]);
  return rankOf(receipt.list, receipt.lane, hex(await crypto.subtle.sign("HMAC", secret, unhex(leaf))));
}
