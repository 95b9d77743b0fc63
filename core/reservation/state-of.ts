import { type ReservationEvent, type ReservationState, stateFrom } from "./lifecycle.ts";
import { firstState, type Reservation } from "./reservation.ts";

/** The state of a reservation after events, in whichever order they are given. */
export const stateOf = (entry: Reservation, history: readonly ReservationEvent[]): ReservationState =>
  stateFrom(firstState(entry), history);
