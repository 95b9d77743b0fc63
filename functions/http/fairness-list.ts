import { refuse } from "../answer/answer.ts";
import { textFile } from "../answer/text-file.ts";
import { endpoint } from "../compose/endpoint.ts";
import { lines, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("fairnessList", async ({ event }) => {
  const [saleId, list, page] = [
    readPathId(event, "saleId"),
    readPathId(event, "list"),
    readPathId(event, "page"),
  ];
  const [{ files }, memory] = await Promise.all([lineStores(), lines()]);
  const root = (await memory.lineOf(saleId)).state.lists[list]?.root?.root;
  const text = root === undefined ? null : await files.listPage(saleId, { list, root }, page);
  return text === null ? refuse("not_found", { detail: "There is no such page" }) : textFile(text, true);
});
