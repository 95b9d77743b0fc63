import { refuse } from "../answer/answer.ts";
import { textFile } from "../answer/text-file.ts";
import { endpoint } from "../compose/endpoint.ts";
import { lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

/** Orders change even after the sale: units come back, and the log says so. So no copy of a page is kept for ever. */
export const handler = endpoint("fairnessOrders", async ({ event }) => {
  const [saleId, page] = [readPathId(event, "saleId"), readPathId(event, "page")];
  const { files } = await lineStores();
  const text = await files.orderPage(saleId, page);
  return text === null ? refuse("not_found", { detail: "There is no such page" }) : textFile(text, false);
});
