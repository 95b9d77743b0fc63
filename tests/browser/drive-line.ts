import { randomBytes } from "node:crypto";
import type { DemotionReason } from "../../core/contract/demotion.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { closeList, lanesOf, listedEntry, rootOfList } from "../../core/line/closed-list.ts";
import { createJoins } from "../../core/line/joins.dynamo.ts";
import { createLineFiles } from "../../core/line/line-files.dynamo.ts";
import { createLineLogs } from "../../core/line/line-log.dynamo.ts";
import { firstPace, rulesOf } from "../../core/line/line-rules.ts";
import type { LineState } from "../../core/line/line-state.ts";
import type { News } from "../../core/line/log-line.ts";
import { keyOf } from "../../core/line/lot.ts";
import { drawSteps, roomStep, stepNews } from "../../core/line/next-steps.ts";
import { rankList } from "../../core/line/ranked-list.ts";
import { roundOf } from "../../core/line/round.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { localTables } from "../../local/aws-clients.ts";
import type { BrowserCloud } from "./browser-cloud.ts";

const LIST = 0;

/**
 * Brings the line of a sale to where a picture is to be taken, in the place of a guardian, whose lists and rounds take minutes: the
 * log, the list and the beacon's round are the product's own, written at instants of the last minutes.
 */
export async function driveLine(cloud: BrowserCloud, saleId: string) {
  const id = saleId as SaleId;
  const dynamo = localTables(cloud.dynamoEndpoint);
  const [joins, logs] = [createJoins(dynamo, cloud.lineTable), createLineLogs(dynamo, cloud.lineTable)];
  const files = createLineFiles(dynamo, cloud.lineTable);
  const sale = (await createSaleRecords(dynamo, cloud.ledgerTable).get(id))!;
  const chain = { ...cloud.beacon.chain, isRehearsal: true };
  const nowMs = Date.now();

  async function add(news: News, agoMs: number): Promise<LineState> {
    const next = await logs.append(id, await logs.read(id), news, nowMs - agoMs);
    if (!next) throw new Error("somebody else writes this log");
    return next;
  }

  const line = {
    join: async (buyerId: string, why: DemotionReason | null = null, quantity = 1) => {
      const salt = randomBytes(16);
      const of = { list: LIST, lane: why === null ? 0 : 1, why, language: "en", quantity, salt } as const;
      await joins.put(id, { buyerId: buyerId as BuyerId, ...of });
    },
    undo: (why: DemotionReason) => joins.undoLane(id, LIST, { why }),

    open: async () => {
      await add(rulesOf(sale, chain)!, 900_000);
      await add({ kind: "settings", ...firstPace(sale), role: "operator" }, 900_000);
    },

    /** The list is closed, and its root stands. */
    close: async () => {
      await line.open();
      await add({ kind: "closing", list: LIST }, 170_000);
      const closed = closeList(id, LIST, (await joins.ofList(id, LIST)).map(listedEntry));
      const root = rootOfList(closed);
      await files.putList(closed, root);
      const { rules } = await logs.read(id);
      const round = roundOf(rules!, nowMs - 150_000, rules!.chain);
      await add({ kind: "root", list: LIST, ...lanesOf(closed), root, round }, 150_000);
    },

    /** Chance has come. */
    draw: async () => {
      await line.close();
      const { root, round } = (await logs.read(id)).lists[LIST]!.root!;
      const signature = cloud.beacon.sign(round);
      const key = keyOf({ saleId: id, list: LIST, root, chainHash: chain.hash, round, signature });
      await add({ kind: "key", list: LIST, round, signature, key }, 60_000);
    },

    /** The next ones are let in: in a room so many, in a draw as many as there are units; a minute ago, or `aheadMs` from now. */
    letIn: async (people: number, aheadMs = -50_000) => {
      const state = await logs.read(id);
      const { root, key } = state.lists[LIST]!;
      const ranked = rankList((await files.readList(id, { list: LIST, root: root!.root }))!, key!.key);
      const isDraw = state.rules!.mode === "draw";
      const ranges = isDraw
        ? drawSteps(state, ranked, sale.allocated)
        : [roomStep(state, ranked, people)].filter((range) => range !== null);
      for (const range of ranges)
        await add(stepNews(await logs.read(id), range, state.lapsedSteps, nowMs + aheadMs), 55_000);
      // Nobody else fits.
      if (isDraw) await add({ kind: "allocation", allocated: state.allocated, role: "operator" }, 55_000);
    },

    lapse: async () => {
      const { steps } = await logs.read(id);
      await add({ kind: "lapse", lapsedSteps: steps.length, holdsFromMs: nowMs - 10_000 }, 20_000);
    },

    add: (news: News) => add(news, 5_000),
    stop: () => dynamo.close(),
  };
  return line;
}
