// The process of the guardian that is measured: runs of the scheduled function, each told with what it cost.
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { closeClients } from "../../core/opened.ts";
import { handler } from "../../functions/schedule/guardian.ts";

const WRITES = /\.(?:PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/;
export type GuardianCost = { readonly cpuMs: number; readonly ledgerWrites: number };

let ledgerWrites = 0;
subscribe("http.client.request.start", (message) => {
  const { request } = message as { readonly request: ClientRequest };
  if (WRITES.test(String(request.getHeader("x-amz-target") ?? ""))) ledgerWrites++;
});

process.on("message", ({ runSeconds }: { readonly runSeconds: number }) => {
  void (async () => {
    ledgerWrites = 0;
    const before = process.cpuUsage();
    await handler({ runSeconds });
    const { user, system } = process.cpuUsage(before);
    process.send?.({ cpuMs: (user + system) / 1000, ledgerWrites } satisfies GuardianCost);
  })();
});
process.on("disconnect", () => void closeClients().finally(() => process.exit()));
process.send?.("ready");
