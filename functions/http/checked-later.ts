import { checkedLater } from "../../core/line/checked-later.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { findLine, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("checkedLater", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const [found, { joins }] = await Promise.all([findLine(saleId), lineStores()]);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  return { status: 200, body: await checkedLater(joins, saleId, { ...found.state, rules: found.rules }) };
});
