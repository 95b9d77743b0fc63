import type { payment as english } from "../en/payment.ts";

export const payment: typeof english = {
  name: "Bezahlung",
  pay: "Jetzt bezahlen",
  payAgain: "Zur Bezahlseite",
  cancel: "Verzichten",
  cancelNow: "Ja, ich verzichte",
  cancelling: "Wird zurückgegeben",
  opening: "Die Bezahlseite wird geöffnet",
  timeLeft: "bleiben zum Bezahlen",
  heldUntil: "Reserviert bis",
  soon: "Noch weniger als eine Minute zum Bezahlen.",
  due: {
    chip: "Wird geprüft",
    heading: "Die Zeit zum Bezahlen ist vorbei. Wir prüfen, ob bezahlt wurde",
    body: "Wir fragen den Zahlungsanbieter; diese Seite macht von selbst weiter. Wurde rechtzeitig bezahlt, gehört es Ihnen; wenn nicht, wird nichts abgebucht.",
  },
  notOpened:
    "Die Bezahlseite ließ sich gerade nicht öffnen. Ob eine Zahlung durchging, wissen wir noch nicht; Ihre Bestellung wird es sagen. Versuchen Sie es gleich noch einmal; Ihre Stücke sind bis zur angezeigten Zeit reserviert.",
  notCancelled: "Das ist noch nicht bekannt. Sehen Sie gleich noch einmal nach.",
  tooLate:
    "Die Zeit zum Bezahlen ist vorbei. Ging im letzten Moment eine Zahlung durch, so sagt es Ihre Bestellung.",
  tooOften:
    "Die Bezahlseite wurde für diese Bestellung zu oft geöffnet. Ihre Bestellung sagt, was daraus wurde.",
  askCancel: "Auf diese Bestellung verzichten? Ihre Stücke kommen sofort wieder in den Verkauf.",
  toPayment: {
    heading: "Weiter zur Bezahlung",
    body: "Die Bezahlseite gehört dem Zahlungsanbieter. Ihre Stücke bleiben bis zur Zeit auf Ihrer Bestellung reserviert.",
    link: "Zur Bezahlseite",
  },
  backToOrder: {
    heading: "Zurück zu Ihrer Bestellung",
    body: "Wir fragen den Zahlungsanbieter. Ihre Bestellung sagt, was daraus wird.",
    link: "Zu Ihrer Bestellung",
  },
};
