import { refuse } from "../answer/answer.ts";
import { textFile } from "../answer/text-file.ts";
import { endpoint } from "../compose/endpoint.ts";
import { lineStores } from "../compose/line.ts";
import { readPathId } from "../request/request.ts";

/** Orders change until the sale is closed: units come back. */
export const handler = endpoint("fairnessOrders", async ({ event }) => {
  const [saleId, page] = [readPathId(event, "saleId"), readPathId(event, "page")];
  const { files } = await lineStores();
  const [text, { isFinal }] = await Promise.all([files.orderPage(saleId, page), files.orders(saleId)]);
  return text === null ? refuse("not_found", { detail: "There is no such page" }) : textFile(text, isFinal);
});
