import adopt from "./adopt.lua";
import archive from "./archive.lua";
import beginRecovery from "./begin-recovery.lua";
import boughtUnits from "./bought-units.lua";
import configure from "./configure.lua";
import inspect from "./inspect.lua";
import holders from "./lib/holders.lua";
import holds from "./lib/holds.lua";
import life from "./lib/life.lua";
import orders from "./lib/orders.lua";
import restock from "./lib/restock.lua";
import settings from "./lib/settings.lua";
import turn from "./lib/turn.lua";
import whole from "./lib/whole.lua";
import load from "./load.lua";
import pulse from "./pulse.lua";
import rebuild from "./rebuild.lua";
import resume from "./resume.lua";
import settle from "./settle.lua";
import tendLine from "./tend-line.lua";
import type { ScriptDefinition } from "../redis/script.ts";

/** The gate's other scripts, as reserve-script.ts has the purchase's. */
export const loadScript = {
  command: "gateLoad",
  parts: [life, settings, load],
  keys: ["gate", "buyers", "outbox", "holders", "attempts", "attemptsBefore", "steps", "turns", "holds"],
  arguments: ["epoch", "revision", "holderBits", "makeUntilMs"],
} as const satisfies ScriptDefinition<string, string>;

export const configureScript = {
  command: "gateConfigure",
  parts: [life, restock, settings, holders, configure],
  keys: ["gate", "holders"],
  arguments: ["revision", "holderBits", "when"],
} as const satisfies ScriptDefinition<string, string>;

export const adoptScript = {
  command: "gateAdopt",
  parts: [life, orders, whole, holders, turn, adopt],
  keys: ["gate", "buyers", "holders", "steps", "turns"],
  arguments: ["buyerId", "keyHash", "quantity", "orderId", "place", "list", "step", "entryQuantity"],
} as const satisfies ScriptDefinition<string, string>;

export const settleScript = {
  command: "gateSettle",
  parts: [life, orders, restock, holds, settle],
  keys: ["gate", "buyers", "outbox", "holds"],
  arguments: ["buyerId", "orderId", "unitsLeft", "unitsWithheld"],
} as const satisfies ScriptDefinition<string, string>;

export const beginRecoveryScript = {
  command: "gateBeginRecovery",
  parts: [life, whole, beginRecovery],
  keys: ["gate", "buyers", "holders"],
  arguments: ["fence", "recoveryId", "makeUntilMs"],
} as const satisfies ScriptDefinition<string, string>;

export const rebuildScript = {
  command: "gateRebuild",
  parts: [life, holders, rebuild],
  keys: ["gate", "buyers", "outbox", "holders", "attempts", "attemptsBefore", "steps", "turns", "holds"],
  arguments: ["fence", "recoveryId", "isFirst", "holderBits", "buyerCount", "holdCount"],
} as const satisfies ScriptDefinition<string, string>;

export const resumeScript = {
  command: "gateResume",
  parts: [life, settings, holders, resume],
  keys: ["gate", "buyers", "holds", "holders"],
  arguments: [
    "fence",
    "recoveryId",
    "epoch",
    "revision",
    "holderBits",
    "wantedBits",
    "sold",
    "held",
    "withheld",
    "places",
    "buyers",
    "holds",
  ],
} as const satisfies ScriptDefinition<string, string>;

export const tendLineScript = {
  command: "gateTendLine",
  parts: [life, tendLine],
  keys: ["gate", "steps", "turns"],
  arguments: ["fence", "epoch", "isWhole", "steps", "lapsedSteps", "lapsesAfterMs", "lapsesFromMs", "rows"],
} as const satisfies ScriptDefinition<string, string>;

export const boughtUnitsScript = {
  command: "gateBoughtUnits",
  parts: [life, boughtUnits],
  keys: ["gate", "steps"],
  arguments: [],
} as const satisfies ScriptDefinition<string, string>;

export const inspectScript = {
  command: "gateInspect",
  parts: [life, inspect],
  keys: ["gate", "outbox", "buyers", "holders", "holds"],
  arguments: [],
} as const satisfies ScriptDefinition<string, string>;

export const pulseScript = {
  command: "gatePulse",
  parts: [life, pulse],
  keys: ["gate", "outbox", "buyers", "holders"],
  arguments: [],
} as const satisfies ScriptDefinition<"gate" | "outbox" | "buyers" | "holders", never>;

export const archiveScript = {
  command: "gateArchive",
  parts: [life, archive],
  keys: ["gate", "buyers", "outbox", "holders", "attempts", "attemptsBefore", "steps", "turns", "holds"],
  arguments: ["revision", "sold", "withheld", "places"],
} as const satisfies ScriptDefinition<string, string>;
