import type { notices as english } from "../en/notices.ts";

/** What a browser shows, in German. */
export const notices: typeof english = {
  opening: "Öffnet bald. Kommen Sie jetzt auf die Seite.",
  turn: "Sie sind dran. Kaufen Sie, solange es dauert.",
  unit_back: "Ein Stück ist zurückgekommen, und Sie sind dran. Kaufen Sie, solange es dauert.",
  hold_ending:
    "Ihre Stücke sind noch etwa zwei Minuten für Sie zurückgelegt. Bezahlen Sie jetzt, um sie zu behalten.",
  returned: "Der Shop hat Stücke Ihrer Bestellung zurückgenommen. Sehen Sie nach, was daraus geworden ist.",
  withdrawn: "Ihr Widerruf ist angenommen. Sehen Sie Ihre Bestellung an.",
  refunded: "Geld ist auf dem Weg zurück zu Ihnen. Sehen Sie Ihre Bestellung an.",
};
