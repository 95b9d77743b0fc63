import type { Law } from "../engine/world.ts";
import {
  type AtProvider,
  type Gate,
  isCounted,
  type Ledger,
  type Postgres,
  type Provider,
  stateIn,
} from "./stores/stores.ts";

const isKept = ({ is, isRefunded }: AtProvider): boolean => is === "captured" && !isRefunded;

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

const placedFirst: Law = {
  name: "no money is taken for what has no row",
  on: ["provider", "postgres"],
  broken: ({ payments }: Provider, { row }: Postgres) =>
    !row && Object.values(payments).some(({ is }) => is === "captured")
      ? "money was taken, and there is no order"
      : null,
};

/** A payment that was found is of a hold that counted: PostgreSQL has no reason to refuse it. */
const neverRejected: Law = {
  name: "who paid for a hold has it",
  on: ["postgres"],
  broken: ({ row }: Postgres) =>
    row && row[0]?.kind === "authorised" && stateIn(row).kind === "rejected"
      ? "A1 was paid for as a hold, and is rejected"
      : null,
};

export const paidLaws: readonly Law[] = [oneOwner, conserved, placedFirst, neverRejected];

/** Money follows units: taken once for what is confirmed, and for nothing else; nothing stays reserved. */
const moneyFollows: Law = {
  name: "money follows units",
  on: ["provider", "postgres", "ledger"],
  broken: ({ payments }: Provider, { row }: Postgres, { events }: Ledger) => {
    const { kind } = stateIn(row ?? events);
    const all = Object.values(payments);
    const kept = all.filter(isKept).length;
    if (kept !== Number(kind === "confirmed")) return `A1 is ${kind}, and was paid for ${kept} times`;
    if (all.some(({ is }) => is === "authorised")) return `A1 is ${kind}, and money stays reserved`;
    return kind === "authorised" || kind === "placed" ? `A1 stays ${kind}, and nobody goes on with it` : null;
  },
};

/** Whoever came first at the one door is right: a payment in time, unless the bank does not pay. */
export const inTime: Law = {
  name: "who pays while the hold stands has it",
  on: ["provider", "postgres", "ledger"],
  broken: ({ payments, isBankWilling }: Provider, { row }: Postgres, { events }: Ledger) => {
    const { kind } = stateIn(row ?? events);
    const isPaid = Object.values(payments).some(({ isInTime }) => isInTime);
    return isPaid && isBankWilling && kind !== "confirmed" ? `A paid in time, and A1 is ${kind}` : null;
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
    const hasUnits = entry !== null && unitsLeft > 0;
    return hasUnits === isCounted(gate) ? null : `A1 is ${kind}, and the gate counts it as ${gate.order}`;
  },
};

/** Whatever became of a hold, the merchant's records have it. */
const hasRow: Law = {
  name: "what ended has a row",
  on: ["postgres", "ledger"],
  broken: ({ row }: Postgres, { entry, events }: Ledger) => {
    const { kind } = stateIn(events);
    if (!entry || kind === "held" || row) return null;
    return `A1 is ${kind}, and no row says so`;
  },
};

/** Whoever wished a hold away is answered by how it ends. */
const wishEnds: Law = {
  name: "a wish is decided",
  on: ["ledger"],
  broken: ({ isWished }: Ledger) => (isWished ? "a wish waits, and nobody decides on it" : null),
};

export const paidLawsAtRest: readonly Law[] = [moneyFollows, inTime, unitsFollow, hasRow, wishEnds];
