import * as v from "valibot";
import { storedEvent } from "./event-item.ts";
import type { ReservationEvent } from "./lifecycle.ts";
import { reservation, type Reservation } from "./reservation.ts";

/**
 * A reservation on its way to the merchant's records, with all that became of it so far. Whoever takes it needs no other
 * message to have come before.
 */
const message = v.object({ ...reservation.entries, events: v.optional(v.array(storedEvent), []) });

export type ReservationMessage = {
  readonly reservation: Reservation;
  readonly events: readonly ReservationEvent[];
};

/** A free reservation's message is the reservation itself. */
export const messageText = ({ reservation: entry, events }: ReservationMessage): string =>
  JSON.stringify(events.length === 0 ? entry : { ...entry, events });

/** @throws ValiError when the text is no such message: it was not written by us. */
export function parseMessage(json: string): ReservationMessage {
  const { events, ...entry } = v.parse(message, JSON.parse(json));
  return { reservation: entry, events };
}
