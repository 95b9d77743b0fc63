import type { Law } from "../engine/world.ts";
import { type Gate, isCounted, type Ledger, type Postgres, type Provider, stateIn } from "./stores.ts";

/** The only unit has one owner: once somebody else has it, the hold is not paid for. */
const oneOwner: Law = {
  name: "the unit is sold once",
  on: ["gate", "ledger", "postgres"],
  broken: ({ isTaken }: Gate, { events }: Ledger, { row }: Postgres) => {
    if (!isTaken) return null;
    const { kind } = stateIn(row ?? events);
    return ["authorised", "placed", "confirmed"].includes(kind)
      ? `somebody else has the unit, and A1 is ${kind}`
      : null;
  },
};

/** Conservation of the one unit, in a gate that is open. */
const conserved: Law = {
  name: "conservation",
  on: ["gate"],
  broken: (gate: Gate) => {
    const units = gate.available + Number(isCounted(gate)) + Number(gate.isTaken);
    return gate.is !== "open" || units === 1 ? null : `the gate counts ${units} units`;
  },
};

/** No money is taken for what has no row. */
const placedFirst: Law = {
  name: "placed before captured",
  on: ["provider", "postgres"],
  broken: ({ payment }: Provider, { row }: Postgres) =>
    payment === "captured" && !row ? "money was taken, and there is no order" : null,
};

/** What a counted hold was paid for is never rejected: who paid in time has it. */
const paidInTime: Law = {
  name: "who paid for a hold has it",
  on: ["postgres"],
  broken: ({ row }: Postgres) =>
    row && stateIn(row).kind === "rejected" ? "A1 was paid for as a hold, and is rejected" : null,
};

export const paidLaws: readonly Law[] = [oneOwner, conserved, placedFirst, paidInTime];

/** Money follows units: taken for what is confirmed, and for nothing else; nothing stays reserved. */
const moneyFollows: Law = {
  name: "money follows units",
  on: ["provider", "postgres", "ledger"],
  broken: ({ payment, isRefunded }: Provider, { row }: Postgres, { events, attempt }: Ledger) => {
    const { kind } = stateIn(row ?? events);
    const isKept = payment === "captured" && !isRefunded;
    if ((kind === "confirmed") !== isKept) return `A1 is ${kind}, and its money is ${payment}`;
    if (payment === "authorised") return `A1 is ${kind}, and its money stays reserved`;
    if (kind === "authorised" || kind === "placed") return `A1 stays ${kind}, and nobody goes on with it`;
    // What nobody was told where to pay is nobody's to pay.
    return payment === "open" && attempt === "named" && kind !== "held"
      ? "an ended order can still be paid"
      : null;
  },
};

/** No unit is stranded, and nobody has one that they did not pay. */
const unitsFollow: Law = {
  name: "no unit is stranded",
  on: ["gate", "postgres", "ledger"],
  broken: (gate: Gate, { row }: Postgres, { entry, events }: Ledger) => {
    if (gate.is !== "open") return "the gate stays closed";
    const { kind, unitsLeft } = stateIn(row ?? events);
    if (entry && kind === "held") return gate.isDue ? "a hold is over, and nobody ends it" : null;
    const wants = entry !== null && unitsLeft > 0;
    return wants === isCounted(gate) ? null : `A1 is ${kind}, and the gate counts it as ${gate.order}`;
  },
};

export const paidLawsAtRest: readonly Law[] = [moneyFollows, unitsFollow];
