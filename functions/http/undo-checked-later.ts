import { undoCheckedLater, type UndoOutcome } from "../../core/administration/undo-checked-later.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { checkedLater } from "../../core/line/checked-later.ts";
import { type Refusal, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { findLine, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("undoCheckedLater", async ({ event, body, session, requestId }) => {
  const saleId = readPathId(event, "saleId");
  const [found, stores, db, addresses] = await Promise.all([
    findLine(saleId),
    lineStores(),
    databaseClient(config),
    addressesClient(config),
  ]);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const { kind } = await undoCheckedLater({ db, addresses, ...stores }, saleId, body, actor);
  if (kind !== "undone") return refusalOf(kind);
  return {
    status: 200,
    body: await checkedLater(stores.joins, saleId, { ...found.state, rules: found.rules }),
  };
});

function refusalOf(kind: Exclude<UndoOutcome["kind"], "undone">): Refusal {
  switch (kind) {
    case "too_late":
      return refuse("conflict", { detail: "The list closes or has closed: nothing is moved any more" });
    case "no_entry":
      return refuse("not_found", { detail: "Nobody with this address is in the open list" });
    case "not_demoted":
      return refuse("conflict", { detail: "This entry is not checked later" });
    case "too_many":
      return refuse("conflict", {
        detail: "No more single entries of this list can be moved: move a reason",
      });
    default:
      return kind satisfies never;
  }
}
