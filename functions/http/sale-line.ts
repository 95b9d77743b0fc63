import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { numbersOfLine } from "../compose/line-numbers.ts";
import { findLine } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("saleLine", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const found = await findLine(saleId);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  return { status: 200, body: await numbersOfLine(saleId, found) };
});
