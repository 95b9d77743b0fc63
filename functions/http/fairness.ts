import { LOG_PAGE_LINES, pagesOf } from "../../core/line/public-log.ts";
import type { FairnessIndex } from "../../core/contract/line.ts";
import { LIST_PAGE_ENTRIES } from "../../core/line/closed-list.ts";
import { cachedASecond, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { findLine, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("fairness", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const [found, { files }] = await Promise.all([findLine(saleId), lineStores()]);
  if (!found?.isBegun) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  const { state, rules } = found;
  const lists = state.lists.flatMap(({ list, root }) => {
    if (!root) return [];
    const count = root.lane0 + root.lane1;
    return [{ list, count, pages: pagesOf(count, LIST_PAGE_ENTRIES), root: root.root }];
  });
  const log = { lines: state.lines, pages: pagesOf(state.lines, LOG_PAGE_LINES), hash: state.hash };
  const orders = await files.orders(saleId);
  const body: FairnessIndex = {
    version: 1,
    saleId,
    mode: rules.mode,
    chain: rules.chain,
    log,
    lists,
    orders,
  };
  return { status: 200, body, headers: cachedASecond };
});
