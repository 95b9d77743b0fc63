import { aDraw } from "./draw.ts";
import * as protocol from "./protocol.ts";
import { someReturns } from "./returns.ts";
import { aBoundRoom, aRoom, aSettledRoom } from "./room.ts";
import { aSettledDraw, someSettledReturns } from "./settled.ts";
import { entriesOf, publish, receiptOf } from "./world.ts";

/** What docs/fairness-vectors.json says: parts of the protocol one by one, and two whole lines to check. */
export function fairnessVectors() {
  const room = aRoom();
  const { saleId } = room;
  const receipts = [
    receiptOf(saleId, 1, 0),
    receiptOf(saleId, 2, 3, 1, 250),
    receiptOf(saleId, 3, 70_000, 0, 2),
  ];
  const leaves = entriesOf(saleId, 0, room.receipts.slice(0, 9)).map(({ leaf }) => leaf);
  const root = room.news.find(({ kind, list }) => kind === "root" && list === 0);
  const rounds = [
    { mode: "waiting_room", startsAtMs: 1_760_000_000_000, resultAtMs: null, rootAtMs: 1_759_999_900_000 },
    { mode: "waiting_room", startsAtMs: 1_760_000_000_000, resultAtMs: null, rootAtMs: 1_760_000_100_000 },
    { mode: "waiting_room", startsAtMs: 1_760_000_000_000, resultAtMs: null, rootAtMs: 1_760_000_100_001 },
    {
      mode: "draw",
      startsAtMs: 1_760_000_000_000,
      resultAtMs: 1_760_003_600_000,
      rootAtMs: 1_759_999_900_000,
    },
  ];
  const drawn = room.news.find(({ kind, list }) => kind === "key" && list === 0)!;
  const lotKey = drawn["key"] as string;
  return {
    about:
      "Test vectors of docs/fairness.md. `room`, `draw`, `returns` (of version 1), `boundRoom` (of version 2), `settledRoom`, `settledDraw` and `settledReturns` (of version 3) are whole lines: path below /fairness, and content.",
    entries: receipts.map((receipt) => {
      const commitment = protocol.commitmentOf(receipt);
      const { list, lane, quantity } = receipt;
      return { ...receipt, commitment, leaf: protocol.leafOf(saleId, list, { lane, quantity, commitment }) };
    }),
    roots: [0, 1, 2, 3, 5, 8, 9].map((count) => {
      const some = leaves.slice(0, count);
      return { leaves: some, root: protocol.rootOf(some) };
    }),
    rounds: rounds.map((rule) => ({
      ...rule,
      round: protocol.roundOf(rule, protocol.quicknet, rule.rootAtMs),
    })),
    signatures: Object.entries(protocol.recorded).map(([round, signature]) => ({
      publicKey: protocol.quicknet.publicKey,
      round: Number(round),
      signature,
    })),
    keys: [
      {
        saleId,
        list: 0,
        root: root!["root"],
        chainHash: protocol.quicknet.hash,
        round: drawn["round"],
        signature: drawn["signature"],
        key: lotKey,
      },
    ],
    lots: room.lists[0]!.slice(0, 3).map(({ leaf, lane }) => {
      const lot = protocol.lotOf(lotKey, leaf);
      return { key: lotKey, list: 0, lane, leaf, lot, rank: protocol.rankOf(0, lane, lot) };
    }),
    room: publish(room),
    boundRoom: publish(aBoundRoom()),
    settledRoom: publish(aSettledRoom()),
    draw: publish(aDraw()),
    returns: publish(someReturns()),
    settledDraw: publish(aSettledDraw()),
    settledReturns: publish(someSettledReturns()),
  };
}
