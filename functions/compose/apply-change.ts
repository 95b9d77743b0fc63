import { lineClients } from "../../core/clients/line.ts";
import { loadConfig } from "../../core/config.ts";
import { updateSale } from "../../core/administration/update-sale.ts";
import type { SaleChange } from "../../core/sale/change-sale.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { readPathId } from "../request/path-id.ts";
import { administration, numbersOf } from "./administration.ts";
import type { RequestOf } from "./endpoint.ts";
import { refuseChange } from "./refuse-change.ts";

/** A change of the mode asks whether anybody has joined the line; a lower allocation, what the line has promised. */
const config = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT"]);

type ChangeRequest = Pick<RequestOf<"updateSale">, "event" | "session" | "requestId">;

/** Changes a sale and answers its numbers after it. */
export async function applyChange(request: ChangeRequest, change: SaleChange): Promise<Answer> {
  const saleId = readPathId(request.event, "saleId");
  const { buyerId, role } = request.session;
  const actor = { buyerId, role, requestId: request.requestId };
  const [deps, { joins, logs, files }] = await Promise.all([administration(), lineClients(config)]);
  const outcome = await updateSale({ ...deps, joins, logs, files }, saleId, change, actor);
  const refusal = refuseChange(outcome);
  if (refusal || outcome.kind !== "changed") return refusal ?? refuse("internal");
  return { status: 200, body: await numbersOf(deps, outcome.sale) };
}
