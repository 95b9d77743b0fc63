import type { reminder as english } from "../en/reminder.ts";

/** The words of asking for a mail before a sale opens, in German. */
export const reminder: typeof english = {
  ask: "Per E-Mail erinnern",
  stop: "Doch keine E-Mail",
  what: (at) =>
    `Eine E-Mail an die Adresse, mit der Sie angemeldet sind, ab ${at}, und sonst nichts. Sie enthält einen Link, der solche E-Mails abstellt.`,
  asked: (at) =>
    at === null
      ? "Sie bekommen eine E-Mail, bevor der Verkauf öffnet."
      : `Sie bekommen ab ${at} eine E-Mail, bevor der Verkauf öffnet.`,
  unknown:
    "Es kam keine Antwort: Ob Sie eine E-Mail bekommen, ist nicht bekannt. Versuchen Sie es gleich noch einmal.",
};
