import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { messageText } from "../reservation/order-message.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import { traceHeaderOf } from "../trace.ts";

/**
 * A reservation as a message. The system attribute joins the consumer to the purchase's trace in X-Ray; without it the
 * message would bear the trace of whoever sends, which may be a relay.
 */
export const messageOf = (reservation: Reservation, events: readonly ReservationEvent[] = []) =>
  withTrace(messageText({ reservation, events }), reservation.traceId);

/** The same message again, unchanged; its body may be anything. */
export const repeated = (body: string) => withTrace(body, traceOf(body));

const withTrace = (MessageBody: string, traceId: string | undefined) => ({
  MessageBody,
  ...(traceId !== undefined && {
    MessageSystemAttributes: {
      AWSTraceHeader: { DataType: "String", StringValue: traceHeaderOf(traceId) },
    },
  }),
});

function traceOf(body: string): string | undefined {
  try {
    return parseReservation(body).traceId;
  } catch {
    return undefined;
  }
}
