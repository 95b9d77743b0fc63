import { expect, test } from "vitest";
import type { BuyerId } from "../ids.ts";
import { type StartDependencies, startRehearsal } from "./start-rehearsal.ts";

test("where money is real a sale that is paid for is not rehearsed: no store is asked", async () => {
  const request = { buyers: 10, units: 5, fault: "none", mode: "open", payment: "held" } as const;
  const actor = { buyerId: "byr_1" as BuyerId, role: "operator", requestId: "r" } as const;
  const deps = { isTestMode: false } as StartDependencies;
  expect(await startRehearsal(deps, request, "key", actor, 0)).toEqual({ kind: "takes_real_money" });
});
