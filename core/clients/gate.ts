import type { Redis } from "ioredis";
import { createGate, type Gate } from "../gate/gate.redis.ts";
import { createPurchaseGate, type PurchaseGate } from "../gate/purchase-gate.redis.ts";
import { log } from "../log.ts";
import { onClose } from "../opened.ts";
import { connectGate, type GateConfig } from "../redis/connect.redis.ts";

// Apart from the other clients: they are loaded when first asked for, and this one with its function, because most attempts
// end at the gate. A function that never asks the gate does not load its client.

let redis: Redis | undefined;
let purchaseGate: PurchaseGate | undefined;
let gate: Gate | undefined;

onClose(() => {
  redis?.disconnect();
  redis = purchaseGate = gate = undefined;
});

/** The gate's connection, for what only the guardian and the operators' tools do with it. */
export const gateConnection = (config: GateConfig): Redis =>
  (redis ??= connectGate(config, (error) => log.warn("the gate's connection broke", { error })));

/** The gate. */
export const gateClient = (config: GateConfig): Gate => (gate ??= createGate(gateConnection(config)));

/** As much of the gate as a purchase needs. */
export const purchaseGateClient = (config: GateConfig): PurchaseGate =>
  (purchaseGate ??= createPurchaseGate(gateConnection(config)));
