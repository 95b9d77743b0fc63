import { randomUUID } from "node:crypto";
import type { FaultPoint } from "../../../core/fault-point.ts";
import { schedules } from "../../../core/topology.ts";
import { callApi } from "../../../local/call-api.ts";
import { localSession } from "../../local-session.ts";
import { readLedger } from "../../verdict/read-ledger.dynamo.ts";
import { hasKilled } from "../kills.ts";
import type { FaultMode, LineFault, LineStage } from "../line/line-fault.ts";
import { readLogLines } from "../line/line-log.ts";
import { atPoint } from "../worker-control.ts";

/** So many orders are cancelled, each wholly. */
const CANCELLED = 3;

/** An operator cancels some orders of a line that was sold out; their units go on sale again. @returns how many came back. */
async function cancelSome({ cloud, launch }: LineStage): Promise<number> {
  const { dynamoEndpoint, ledgerTable } = cloud.stores();
  const orders = await readLedger(dynamoEndpoint, ledgerTable, launch.saleId);
  const { token } = localSession("operator");
  const some = orders.slice(0, CANCELLED);
  for (const { orderId, buyerId, quantity: units } of some)
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${launch.saleId}/orders/${orderId}/cancel`, {
      token,
      idempotencyKey: randomUUID(),
      body: { units, isWithheld: false, reason: "the fault matrix asked for it", buyerId },
    });
  return some.reduce((sum, { quantity }) => sum + quantity, 0);
}

const isSoldOut = ({ end }: { readonly end: string | null }) => end === "sold_out";

/** What came back is sold to who stood behind, and the log says in between that the line goes on. */
async function sellAgain(stage: LineStage): Promise<void> {
  const { cloud, launch, until, alsoJudge } = stage;
  await until("the line is sold out", isSoldOut);
  const { steps } = await stage.line();
  const units = await cancelSome(stage);
  await until("the line goes on", (line) => line.end === null || line.steps.length > steps.length);
  await until("the line is sold out again", isSoldOut);
  const kinds = (await readLogLines(cloud, launch.saleId)).map(({ kind }) => kind);
  const later = kinds.slice(kinds.indexOf("end"));
  alsoJudge(({ facts: { database } }) => [
    ...(database.sold === launch.units ? [] : [`${units} units came back, and ${database.sold} are sold`]),
    ...(later.indexOf("reopened") < later.indexOf("step") ? [] : ["a step follows the sell-out"]),
  ]);
}

const returned = (mode: FaultMode, after: string, point: FaultPoint): LineFault => ({
  name: `${mode === "draw" ? "draw" : "room"}-returns-killed-after-${after}`,
  line: `orders cancelled after the sell-out, the guardian killed once the ${after} is in the log`,
  mode,
  limits: mode === "draw" ? [3] : [1],
  turnSeconds: 30,
  goesOn: true,
  prepare: (cloud) => cloud.workers.rearm("guardian", atPoint(point, "SIGKILL", [0])),
  hasStruck: hasKilled(schedules.guardian.handler),
  inject: sellAgain,
});

/** Units that come back to a line that was sold out. */
export const lineReturns: readonly LineFault[] = [
  returned("waiting_room", "reopening", "line_after_reopening"),
  returned("draw", "end", "line_after_end"),
  returned("draw", "reopening", "line_after_reopening"),
];
