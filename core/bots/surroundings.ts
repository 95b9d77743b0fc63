import { createHmac, type KeyObject } from "node:crypto";
import { neighbourhoodOf, sourceOf } from "../identity/network.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { BotRecords } from "./bots.dynamo.ts";
import type { Surroundings } from "./risk.ts";

const LATELY_MS = 60_000;

type Somewhere = { readonly saleId: SaleId; readonly address: string };
type Somebody = Somewhere & { readonly buyerId: BuyerId };

/** Both places of an address, under the key. Of IPv4 they are the same address, and counted twice. */
const placesOf = (key: KeyObject, address: string) =>
  [`source:${sourceOf(address)}`, `neighbourhood:${neighbourhoodOf(address)}`].map((place) =>
    createHmac("sha256", key).update(`joined from ${place}`).digest("base64url").slice(0, 22),
  ) as [string, string];

const countOf = (ofSource: readonly number[], ofNeighbourhood: number, nowMs: number): Surroundings => ({
  ofSource: ofSource.length,
  ofSourceLately: ofSource.filter((atMs) => nowMs - atMs < LATELY_MS).length,
  ofNeighbourhood,
});

/** Who joined from where an address is, as far as it has come to us. */
export async function surroundingsOf(
  records: Pick<BotRecords, "joinedFrom">,
  key: KeyObject,
  { saleId, address }: Somewhere,
  nowMs: number,
): Promise<Surroundings> {
  const [source, neighbourhood] = placesOf(key, address);
  const [ofSource, ofNeighbourhood] = await Promise.all([
    records.joinedFrom(saleId, source),
    records.joinedFrom(saleId, neighbourhood),
  ]);
  return countOf(ofSource, ofNeighbourhood.length, nowMs);
}

/** Notes that a buyer joins from an address. */
export async function noteJoin(
  records: Pick<BotRecords, "note">,
  key: KeyObject,
  { saleId, buyerId, address }: Somebody,
  nowMs: number,
): Promise<void> {
  await Promise.all(placesOf(key, address).map((place) => records.note(saleId, place, buyerId, nowMs)));
}

/**
 * Notes that a buyer asks for a puzzle from an address, and tells who did: all who join by a puzzle, and those who only hoard
 * them. Of more than are worth counting in a neighbourhood not all of a source are seen: such a neighbourhood says enough.
 */
export async function noteAsking(
  records: Pick<BotRecords, "noteAsking" | "askedFrom">,
  key: KeyObject,
  { saleId, buyerId, address }: Somebody,
  nowMs: number,
): Promise<Surroundings> {
  const [source, neighbourhood] = placesOf(key, address);
  await records.noteAsking(saleId, { source, neighbourhood }, buyerId, nowMs);
  const asked = await records.askedFrom(saleId, neighbourhood);
  const ofSource = asked.filter((other) => other.source === source).map(({ atMs }) => atMs);
  return countOf(ofSource, asked.length, nowMs);
}
