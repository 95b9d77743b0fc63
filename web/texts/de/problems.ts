import type { ProblemKind } from "../../../core/contract/problem-kinds.ts";

/** What the API's refusals are in German, by kind. */
export const problems: Record<ProblemKind, string> = {
  invalid_request: "Die Anfrage ist nicht gültig",
  unauthenticated: "Melden Sie sich zuerst an",
  forbidden: "Ihre Rolle erlaubt das nicht",
  not_open: "Der Verkauf hat noch nicht begonnen",
  not_your_turn: "Sie sind nicht an der Reihe",
  not_found: "So etwas gibt es hier nicht",
  method_not_allowed: "Auf diese Weise geht es hier nicht",
  sold_out: "Alle Stücke sind verkauft",
  ended: "Der Verkauf ist beendet",
  line_closed: "In diese Schlange trägt sich niemand mehr ein",
  payment_overdue: "Die Zeit zum Bezahlen ist vorbei",
  too_many_payments: "Für diese Bestellung gab es zu viele Zahlungsversuche",
  conflict: "So, wie es jetzt steht, geht das nicht",
  body_too_large: "Die Anfrage ist zu groß",
  unsupported_media_type: "Die Anfrage muss application/json sein",
  key_reused: "Dieser Idempotency-Key gehörte schon zu einer anderen Anfrage",
  rate_limited: "Zu viele Versuche; warten Sie einen Moment",
  internal: "Bei uns ist etwas kaputtgegangen; die Betreiber wissen davon",
  paused: "Der Verkauf ist angehalten",
  recovering: "Der Verkauf prüft seine Bücher",
  lost: "Der Verkauf prüft seine Bücher",
  outcome_unknown: "Wir wissen es noch nicht; fragen Sie mit demselben Idempotency-Key noch einmal",
  join_unknown: "Wir wissen nicht, ob Sie eingetragen sind; fragen Sie noch einmal",
  unavailable: "Das lässt sich gerade nicht beantworten; fragen Sie noch einmal",
};
