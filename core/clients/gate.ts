import { createGate, type Gate } from "../gate/gate.redis.ts";
import { onClose } from "../opened.ts";
import type { GateConfig } from "../redis/connect.redis.ts";
import { gateConnection } from "./purchase-gate.ts";

let gate: Gate | undefined;

onClose(() => {
  gate = undefined;
});

/** The gate. */
export const gateClient = (config: GateConfig): Gate => (gate ??= createGate(gateConnection(config)));
