import { LOG_PAGE_LINES } from "../../core/line/public-log.ts";
import { refuse } from "../answer/answer.ts";
import { textFile } from "../answer/text-file.ts";
import { endpoint } from "../compose/endpoint.ts";
import { lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

/** A line was checked when it was added, and never changes: a page is served as it is stored. */
export const handler = endpoint("fairnessLog", async ({ event }) => {
  const [saleId, page] = [readPathId(event, "saleId"), readPathId(event, "page")];
  const { logs } = await lineStores();
  const lines = await logs.texts(saleId, page * LOG_PAGE_LINES, LOG_PAGE_LINES);
  if (lines.length === 0) return refuse("not_found", { detail: "The log has no such page" });
  return textFile(lines.map((line) => `${line}\n`).join(""), lines.length === LOG_PAGE_LINES);
});
