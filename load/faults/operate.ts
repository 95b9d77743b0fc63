import type { UpdateSaleRequest } from "../../core/contract/admin.ts";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../local-session.ts";
import type { Stage } from "./fault.ts";

/** What an operator does with the sale, through the API: a change of its settings, or a button. @throws if it is refused. */
export async function operate(
  { cloud, crowd }: Stage,
  change: "pause" | "resume" | Partial<UpdateSaleRequest>,
): Promise<void> {
  const sale = `/api/admin/sales/${crowd.saleId}`;
  const { token } = localSession("operator");
  if (typeof change === "string") await callApi(cloud.apiUrl, `POST ${sale}/${change}`, { token });
  else await callApi(cloud.apiUrl, `PATCH ${sale}`, { token, body: change });
}
