import type { ReservationEvent, ReservationState } from "./lifecycle.ts";

/** @throws when the event is no step from this state: it was written by somebody who decided on another one. */
export function expectKind(
  state: ReservationState,
  event: ReservationEvent,
  ...kinds: readonly ReservationState["kind"][]
): void {
  if (!kinds.includes(state.kind)) throw new Error(`what is ${state.kind} cannot be ${event.kind}`);
}
