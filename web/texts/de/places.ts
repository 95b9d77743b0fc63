import type { places as english } from "../en/places.ts";
import { faces } from "./faces.ts";

/** The words of pages beside that of a sale, in German. */
export const places: typeof english = {
  preview: {
    until: (moment: string) => `Das sieht nur, wer diesen Link hat, bis ${moment}.`,
    published: "Dieser Verkauf ist veröffentlicht: Was jetzt gilt, sagt seine Seite im Shop.",
    over: "Dieser Link gilt nicht, oder seine Zeit ist abgelaufen. Bitten Sie den Absender um einen neuen.",
    unreachable: "Der Verkauf ist gerade nicht zu erreichen. Wir fragen weiter.",
    nothing: "Das ist eine Vorschau: Es wurde nichts gesendet, und es kann nichts gekauft werden.",
  },
  list: {
    empty: "Zurzeit ist kein Verkauf geplant.",
    unreachable: "Wir erreichen die Verkäufe gerade nicht. Wir fragen weiter.",
    noPast: "Es gibt keine früheren Verkäufe.",
    pastUnreachable: "Wir erreichen die früheren Verkäufe gerade nicht. Versuchen Sie es noch einmal.",
  },
  order: {
    title: (orderId) => `Bestellung ${orderId}`,
    toSale: "Zurück zum Verkauf",
    faces: {
      sign_in: {
        ...faces.session_expired,
        heading: "Melden Sie sich an, um Ihre Bestellung zu sehen",
        body: "Verwenden Sie die E-Mail-Adresse, mit der Sie gekauft haben.",
      },
      unreachable: {
        ...faces.unreachable,
        heading: "Wir erreichen Ihre Bestellung gerade nicht",
        body: "Das sagt nichts über die Bestellung selbst. Wir fragen weiter.",
      },
      missing: {
        ...faces.not_found,
        heading: "Unter diesem Konto gibt es keine solche Bestellung",
        body: "Vielleicht gehört sie zu einer anderen E-Mail-Adresse: Melden Sie sich ab und mit jener an.",
      },
    },
  },
  orders: {
    notices: {
      loading: "Ihre Bestellungen werden gesucht …",
      sign_in:
        "Melden Sie sich mit der Adresse an, mit der Sie gekauft haben: Alle Ihre Bestellungen stehen dann hier.",
      empty:
        "Unter diesem Konto gibt es keine Bestellungen. Vielleicht gehören sie zu einer anderen E-Mail-Adresse.",
      unreachable:
        "Wir erreichen Ihre Bestellungen gerade nicht. Das sagt nichts über die Bestellungen selbst. Wir fragen weiter.",
      stale: (time) => `Stand ${time}: Wir erreichen Ihre Bestellungen gerade nicht und fragen weiter.`,
    },
    count: (count) => (count === "1" ? "Eine Bestellung." : `${count} Bestellungen, die neueste zuerst.`),
  },
};
