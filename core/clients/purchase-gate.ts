import type { Redis } from "ioredis";
import { createPurchaseGate, type PurchaseGate } from "../gate/purchase-gate.redis.ts";
import { log } from "../log.ts";
import { onClose } from "../opened.ts";
import { connectGate, type GateConfig } from "../redis/connect.redis.ts";

// Apart from the other clients: they are loaded when first asked for, and this one with its function, because most attempts
// end at the gate. A function that never asks the gate does not load its client.

let redis: Redis | undefined;
let purchaseGate: PurchaseGate | undefined;

onClose(() => {
  redis?.disconnect();
  redis = purchaseGate = undefined;
});

/** The gate's connection, for what only the guardian and the operators' tools do with it. */
export const gateConnection = (config: GateConfig): Redis =>
  (redis ??= connectGate(config, (error) => log.warn("the gate's connection broke", { error })));

/** As much of the gate as a purchase needs. */
export const purchaseGateClient = (config: GateConfig): PurchaseGate =>
  (purchaseGate ??= createPurchaseGate(gateConnection(config)));
