import attempts from "./lib/attempts.lua";
import guests from "./lib/guests.lua";
import holders from "./lib/holders.lua";
import life from "./lib/life.lua";
import orders from "./lib/orders.lua";
import turn from "./lib/turn.lua";
import whole from "./lib/whole.lua";
import reserve from "./reserve.lua";
import type { ScriptDefinition } from "../redis/script.ts";

/** A gate's script: the shared parts that it is joined with, and its keys and arguments, named and counted here alone. */
export const reserveScript = {
  command: "gateReserve",
  parts: [life, attempts, orders, whole, holders, guests, turn, reserve],
  keys: ["gate", "buyers", "outbox", "holders", "attempts", "attemptsBefore", "steps", "turns", "holds"],
  arguments: [
    "buyerId",
    "keyHash",
    "quantity",
    "newOrderId",
    "saleId",
    "requestId",
    "traceId",
    "wantsFilter",
    "edition",
    "fromMs",
    "step",
    "rank",
    "list",
    "leaf",
    "entryQuantity",
  ],
} as const satisfies ScriptDefinition<string, string>;
