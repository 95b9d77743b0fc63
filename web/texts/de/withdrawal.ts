import type { withdrawal as english } from "../en/withdrawal.ts";

export const withdrawal: typeof english = {
  name: "Widerruf",
  begin: "Vertrag widerrufen",
  confirm: "Widerruf bestätigen",
  title: "Bestellung widerrufen",
  lead: (sale) =>
    `Sie sind dabei, Ihre Bestellung „${sale}“ zu widerrufen. Einen Grund brauchen Sie nicht anzugeben. Eine E-Mail bestätigt, wann Ihr Widerruf eingegangen ist.`,
  leadPlain:
    "Einen Grund brauchen Sie nicht anzugeben. Eine E-Mail bestätigt, wann Ihr Widerruf eingegangen ist.",
  units: "Stück, die Sie widerrufen",
  unitsOf: (left) => `von ${left}`,
  unitsInvalid: (left) => `Geben Sie eine ganze Zahl von 1 bis ${left} ein.`,
  until: (moment) => `Sie können diese Bestellung bis ${moment} widerrufen.`,
  over: (moment) => `Sie konnten diese Bestellung bis ${moment} widerrufen.`,
  sending: "Ihr Widerruf wird gesendet",
  received: (moment) =>
    `Ihr Widerruf ist am ${moment} eingegangen und gilt von da an. Er wird ausgeführt; eine E-Mail bestätigt ihn.`,
  notSent:
    "Ob Ihr Widerruf eingegangen ist, steht noch nicht fest. Senden Sie ihn noch einmal: Er zählt nur einmal.",
  refused: "Von dieser Bestellung können Sie jetzt nichts widerrufen.",
  keep: "Bestellung behalten",
  excepted: "Für diese Bestellung sieht das Gesetz kein Widerrufsrecht vor:",
  exceptedSale: (why) => `Für eine Bestellung hier sieht das Gesetz kein Widerrufsrecht vor: ${why}`,
  exceptions: {
    made_to_order: "Sie wird nach Ihren Wünschen angefertigt.",
    perishable: "Sie verdirbt oder verfällt schnell.",
    sealed_hygiene:
      "Sie ist aus Gründen der Gesundheit oder Hygiene versiegelt, sobald Sie sie geöffnet haben.",
    sealed_media: "Sie ist eine versiegelte Aufnahme oder Software, sobald Sie sie geöffnet haben.",
    dated_service: "Sie gilt für einen bestimmten Tag oder Zeitraum.",
    digital_begun: "Sie ist digital, und Sie wollten, dass sie sofort beginnt.",
  },
  terms: (days) => `Sie können Ihre Bestellung ${days} Tage lang widerrufen.`,
  due: (amount) => `${amount} gehen auf Ihrem Zahlungsweg an Sie zurück. Das kann einige Tage dauern.`,
  refunded: (amount) => `${amount} wurden auf Ihrem Zahlungsweg zurückgezahlt.`,
};
