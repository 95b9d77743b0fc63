import type { texts as english } from "../en/texts.ts";
import { faces, partly, refusals, rejections } from "./faces.ts";

/** All words that scripts write, in German. */
export const texts: typeof english = {
  faces,
  phases: faces,
  refusals,
  partly,
  milestones: {
    600: "Noch zehn Minuten bis zum Beginn.",
    60: "Noch eine Minute bis zum Beginn.",
    10: "Noch zehn Sekunden bis zum Beginn.",
  },
  sale: {
    toOrder: "Meine Bestellung zeigen",
    toPay: "Jetzt bezahlen",
    opensAt: (moment) => `Beginnt ${moment}`,
    endsIn: (time) => `Endet in ${time}`,
    endsOn: (moment) => `Endet ${moment}`,
    endingNow: "Endet jetzt",
    opensIn: (time) => `Beginnt in ${time}`,
    oneClickAway: "Sobald er beginnt, kaufen Sie mit einem Klick.",
    signInForOrder: "Melden Sie sich an, um Ihre Bestellung zu sehen.",
    oneClick: "Ein Klick genügt.",
    signInFirst: "Melden Sie sich jetzt an, dann kaufen Sie mit einem Klick.",
    allTaken: (allocated) =>
      allocated === "1" ? "Das einzige Stück ist vergeben." : `Alle ${allocated} Stück sind vergeben.`,
    mayReturn: (held) =>
      held === "1"
        ? "Eines ist reserviert und noch nicht bezahlt: Es kann zurückkommen."
        : `${held} sind reserviert und noch nicht bezahlt: Sie können zurückkommen.`,
    endedAt: (moment) => `Er endete ${moment}.`,
    perBuyer: (limit) => `höchstens ${limit} pro Person`,
    stock: (available, allocated) => `${available} von ${allocated} übrig`,
    stockUnknown: "Der Bestand wird gezählt",
    asOf: (time) => `Stand ${time}`,
    stale: (time) => `Stand ${time}, nicht aktuell`,
    retryIn: (seconds) => `Nächster Versuch in ${seconds} s`,
    retryNow: "Wir fragen jetzt",
    buyMore: "Mehr kaufen …",
    buyAgain: "Wieder kaufen …",
    buy: (price) => `Kaufen für ${price}`,
    held: (units) =>
      units === "1"
        ? "Sie haben ein Stück aus diesem Verkauf."
        : `Sie haben ${units} Stück aus diesem Verkauf.`,
    mayBuyMore: (left) =>
      left === "1" ? "Sie dürfen noch eines kaufen." : `Sie dürfen noch bis zu ${left} kaufen.`,
    limitReached: "Das ist die Grenze dieses Verkaufs pro Person.",
    askedTooMany: "Das war mehr, als der Verkauf Ihnen noch erlaubt. Dies ist Ihre Bestellung.",
    reason: (code) => rejections[code] ?? `Grund: ${code}.`,
  },
  signIn: {
    signedInAs: (address) => `Angemeldet als ${address}.`,
    emailInvalid: "Geben Sie Ihre ganze E-Mail-Adresse ein, etwa name@example.com.",
    codeInvalid: "Der Code hat acht Buchstaben und Ziffern.",
    codeWrong: "Dieser Code ist falsch oder zu alt. Fordern Sie sonst einen neuen an.",
    codeSentTo: (email) => `Wir haben einen Code an ${email} gesendet. Von mehreren gilt der neueste.`,
    rateLimited: (seconds) => `Zu viele Versuche. Versuchen Sie es in ${seconds} Sekunden wieder.`,
    noAnswer: "Es kam keine Antwort. Bitte versuchen Sie es noch einmal.",
  },
};
