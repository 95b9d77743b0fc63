import { happening, write } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import { type Gate, isCounted } from "./stores.ts";

export type Adopted =
  | { readonly kind: "counted" | "adopted" | "refused"; readonly epoch: number }
  | { readonly kind: "recovering" | "lost" };

export const gateOperations = {
  /** settle.lua: what is left, absolute; only lowers; what was held is so no longer. */
  settle: write<Gate, { readonly unitsLeft: number }, "settled" | "unknown" | "lost" | "recovering">(
    "gate",
    ({ unitsLeft }, gate) => {
      if (gate.is !== "open") return [gate.is === "lost" ? "lost" : "recovering", gate];
      if (gate.order === "none") return ["unknown", gate];
      if (unitsLeft > 0) return ["settled", gate.order === "held" ? { ...gate, order: "sold" } : gate];
      if (gate.order === "ended") return ["settled", gate];
      return ["settled", { ...gate, order: "ended", available: gate.available + 1 }];
    },
    ({ unitsLeft }, reply) => `tells the gate that ${unitsLeft} of A1 are left${reply ? `: ${reply}` : ""}`,
  ),
  /** adopt.lua: what a gate that has made it or not says of an order of an older epoch. */
  adopt: write<Gate, null, Adopted>(
    "gate",
    (_, gate) => {
      if (gate.is !== "open") return [{ kind: gate.is === "lost" ? "lost" : "recovering" }, gate];
      const { epoch } = gate;
      if (gate.order !== "none") return [{ kind: isCounted(gate) ? "counted" : "refused", epoch }, gate];
      return gate.available > 0
        ? [
            { kind: "adopted", epoch },
            { ...gate, order: "sold", available: gate.available - 1 },
          ]
        : [
            { kind: "refused", epoch },
            { ...gate, order: "ended" },
          ];
    },
    (_, reply) => `asks the gate to adopt A1${reply ? `: ${reply.kind}` : ""}`,
  ),
  takeUnit: happening<Gate, null, "taken">(
    "gate",
    (_, gate) =>
      gate.is === "open" && gate.available > 0
        ? ["taken", { ...gate, available: gate.available - 1, isTaken: true }]
        : null,
    () => "takes the unit that is on sale",
  ),
  timePasses: happening<Gate, null, "due">(
    "gate",
    (_, gate) => ["due", { ...gate, isDue: true }],
    () => "sees the hold's time go by",
  ),
  lose: happening<Gate, null, "lost">(
    "gate",
    (_, gate) => ["lost", { ...gate, is: "lost", order: "none", available: 0 }],
    () => "loses the gate's keys",
  ),
  close: write<Gate, null, "begun">(
    "gate",
    (_, gate) => ["begun", { ...gate, is: "closed", order: "none", available: 0 }],
    () => "closes the gate",
  ),
  open: write<Gate, { readonly epoch: number; readonly order: Gate["order"] }, "open">(
    "gate",
    ({ epoch, order }, gate) => {
      const isFree = !gate.isTaken && order !== "held" && order !== "sold";
      return ["open", { ...gate, is: "open", epoch, order, available: isFree ? 1 : 0 }];
    },
    ({ epoch, order }) => `opens epoch ${epoch} of the gate, with A1 as ${order}`,
  ),
};

export const gate = callsOf<typeof gateOperations>("gate");
