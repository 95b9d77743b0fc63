import type { ReservationState } from "./lifecycle.ts";

// Apart from what becomes of a reservation, which a purchase does not load before somebody has one.

/** The state of a reservation without any event. */
export const reservedState = (quantity: number): ReservationState => ({
  kind: "reserved",
  number: 0,
  unitsLeft: quantity,
  unitsWithheld: 0,
  wishes: [],
});

/** The state of a reservation that is to be paid for, without any event. */
export const heldState = (quantity: number): ReservationState => ({
  ...reservedState(quantity),
  kind: "held",
});
