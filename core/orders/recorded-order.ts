import type { RejectionReason } from "../contract/order.ts";
import { type Command, decide, type ReservationEvent } from "../reservation/lifecycle.ts";
import { firstState, type Reservation } from "../reservation/reservation.ts";

/** A reservation that has an order row, and all that became of it so far. */
export type RecordedOrder = {
  readonly reservation: Reservation;
  readonly history: readonly ReservationEvent[];
};

/** What a reservation becomes that nobody has decided on. */
function decided(reservation: Reservation, command: Command): RecordedOrder {
  const decision = decide(command, firstState(reservation));
  if (decision.kind !== "events") throw new Error(`a new reservation cannot be ${command.kind}ed`);
  return { reservation, history: decision.events };
}

export const confirmed = (reservation: Reservation): RecordedOrder =>
  decided(reservation, { kind: "confirm" });

export const rejected = (reservation: Reservation, reason: RejectionReason): RecordedOrder =>
  decided(reservation, { kind: "reject", reason });

/** Why an order was rejected; null: it was not. */
export function rejectionOf({ history }: RecordedOrder): RejectionReason | null {
  const rejection = history.find(({ kind }) => kind === "rejected");
  return rejection?.kind === "rejected" ? rejection.reason : null;
}
