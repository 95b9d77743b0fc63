import type { ScriptDefinition } from "../redis/script.ts";
import adopt from "./adopt.lua";
import beginRecovery from "./begin-recovery.lua";
import configure from "./configure.lua";
import inspect from "./inspect.lua";
import holders from "./lib/holders.lua";
import life from "./lib/life.lua";
import orders from "./lib/orders.lua";
import restock from "./lib/restock.lua";
import settings from "./lib/settings.lua";
import whole from "./lib/whole.lua";
import load from "./load.lua";
import rebuild from "./rebuild.lua";
import reserve from "./reserve.lua";
import resume from "./resume.lua";
import settle from "./settle.lua";

/** Keeps the names as they are written, so that a caller who forgets a key or an argument does not compile. */
const script = <const Key extends string, const Argument extends string>(
  definition: ScriptDefinition<Key, Argument>,
) => definition;

/** The gate's scripts: the shared parts that each is joined with, and its keys and arguments, named and counted here alone. */
export const reserveScript = script({
  command: "gateReserve",
  parts: [life, orders, whole, holders, reserve],
  keys: ["gate", "buyers", "outbox", "holders", "attempts"],
  arguments: [
    "buyerId",
    "keyHash",
    "quantity",
    "newOrderId",
    "saleId",
    "requestId",
    "traceId",
    "wantsFilter",
  ],
});

export const loadScript = script({
  command: "gateLoad",
  parts: [life, settings, load],
  keys: ["gate", "buyers", "outbox", "holders", "attempts"],
  arguments: ["epoch", "revision", "holderBits"],
});

export const configureScript = script({
  command: "gateConfigure",
  parts: [life, restock, settings, configure],
  keys: ["gate", "holders"],
  arguments: ["revision", "holderBits", "when"],
});

export const inspectScript = script({
  command: "gateInspect",
  parts: [life, inspect],
  keys: ["gate", "outbox", "buyers", "holders"],
  arguments: [],
});

export const adoptScript = script({
  command: "gateAdopt",
  parts: [life, orders, whole, holders, adopt],
  keys: ["gate", "buyers", "holders"],
  arguments: ["buyerId", "keyHash", "quantity", "orderId", "place"],
});

export const settleScript = script({
  command: "gateSettle",
  parts: [life, orders, restock, settle],
  keys: ["gate", "buyers", "outbox"],
  arguments: ["buyerId", "orderId", "unitsLeft", "unitsWithheld"],
});

export const beginRecoveryScript = script({
  command: "gateBeginRecovery",
  parts: [life, whole, beginRecovery],
  keys: ["gate", "buyers", "holders"],
  arguments: ["fence", "recoveryId"],
});

export const rebuildScript = script({
  command: "gateRebuild",
  parts: [life, holders, rebuild],
  keys: ["gate", "buyers", "outbox", "holders", "attempts"],
  arguments: ["fence", "recoveryId", "isFirst", "holderBits", "buyerCount"],
});

export const resumeScript = script({
  command: "gateResume",
  parts: [life, settings, resume],
  keys: ["gate", "buyers"],
  arguments: [
    "fence",
    "recoveryId",
    "epoch",
    "revision",
    "holderBits",
    "sold",
    "withheld",
    "places",
    "buyers",
  ],
});
