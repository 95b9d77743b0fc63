import { createHmac, type KeyObject } from "node:crypto";
import { neighbourhoodOf, sourceOf } from "../identity/network.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { BotRecords } from "./bots.dynamo.ts";
import type { Surroundings } from "./risk.ts";

const LATELY_MS = 60_000;

/** Both places of an address, under the key. Of IPv4 they are the same address, and counted twice. */
const placesOf = (key: KeyObject, address: string) =>
  [`source:${sourceOf(address)}`, `neighbourhood:${neighbourhoodOf(address)}`].map((place) =>
    createHmac("sha256", key).update(`joined from ${place}`).digest("base64url").slice(0, 22),
  ) as [string, string];

/** What is known of an address, as far as it has come to us. */
export async function surroundingsOf(
  records: Pick<BotRecords, "joinedFrom">,
  key: KeyObject,
  { saleId, address }: { readonly saleId: SaleId; readonly address: string },
  nowMs: number,
): Promise<Surroundings> {
  const [source, neighbourhood] = placesOf(key, address);
  const [ofSource, ofNeighbourhood] = await Promise.all([
    records.joinedFrom(saleId, source),
    records.joinedFrom(saleId, neighbourhood),
  ]);
  return {
    ofSource: ofSource.length,
    ofSourceLately: ofSource.filter((atMs) => nowMs - atMs < LATELY_MS).length,
    ofNeighbourhood: ofNeighbourhood.length,
  };
}

/** Notes that a buyer joins from an address. */
export async function noteJoin(
  records: Pick<BotRecords, "note">,
  key: KeyObject,
  join: { readonly saleId: SaleId; readonly buyerId: BuyerId; readonly address: string },
  nowMs: number,
): Promise<void> {
  const { saleId, buyerId, address } = join;
  await Promise.all(placesOf(key, address).map((place) => records.note(saleId, place, buyerId, nowMs)));
}
