import type { texts as english } from "../en/texts.ts";
import { faces, partly, refusals, rejections } from "./faces.ts";
import { payment } from "./payment.ts";

/** All words that scripts write, in German. */
export const texts: typeof english = {
  faces,
  phases: faces,
  refusals,
  partly,
  payment,
  milestones: {
    600: "Noch zehn Minuten bis zum Beginn.",
    60: "Noch eine Minute bis zum Beginn.",
    10: "Noch zehn Sekunden bis zum Beginn.",
  },
  sale: {
    toOrder: "Meine Bestellung zeigen",
    opensAt: (moment) => `Beginnt ${moment}`,
    endsIn: (time) => `Endet in ${time}`,
    endsOn: (moment) => `Endet ${moment}`,
    endingNow: "Endet jetzt",
    opensIn: (time) => `Beginnt in ${time}`,
    oneClickAway: "Sie sind angemeldet: Sobald er beginnt, kaufen Sie mit einem Klick.",
    signInForOrder: "Wenn Sie hier gekauft haben, melden Sie sich an, um Ihre Bestellung zu sehen.",
    oneClick: "Ein Klick genügt.",
    signInFirst: "Melden Sie sich jetzt an, dann kaufen Sie mit einem Klick.",
    allTaken: (allocated) =>
      allocated === "1" ? "Das einzige Stück ist vergeben." : `Alle ${allocated} Stück sind vergeben.`,
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
    askedTooMany:
      "Sie haben mehr verlangt, als dieser Verkauf Ihnen noch erlaubt. Dies ist die Bestellung, die Sie haben.",
    reason: (code) => rejections[code] ?? `Grund: ${code}.`,
  },
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
  signIn: {
    signedInAs: (address) => `Angemeldet als ${address}.`,
    emailInvalid: "Geben Sie Ihre ganze E-Mail-Adresse ein, etwa name@example.com.",
    codeInvalid: "Der Code hat acht Buchstaben und Ziffern.",
    codeWrong:
      "Dieser Code ist falsch oder zu alt. Sehen Sie in die neueste E-Mail, oder fordern Sie einen neuen an.",
    codeSentTo: (email) =>
      `Wir haben einen Code an ${email} gesendet. Sind mehrere E-Mails gekommen, gilt die neueste.`,
    rateLimited: (seconds) => `Zu viele Versuche. Versuchen Sie es in ${seconds} Sekunden wieder.`,
    noAnswer: "Es kam keine Antwort. Bitte versuchen Sie es noch einmal.",
  },
};
