import type { push as english } from "../en/push.ts";

const what =
  "Ihr Browser zeigt einen Hinweis, wenn ein Verkauf, um den Sie gebeten haben, bald öffnet, wenn Sie dran sind, bevor etwas nicht mehr für Sie zurückgelegt ist, und wenn Stücke oder Geld einer Bestellung zurückkommen. Sonst nichts, und die E-Mails kommen trotzdem. Was Sie selbst betrifft, kommt zwölf Stunden lang, von Ihrer letzten Anmeldung in diesem Browser an.";

/** Of the button that switches a browser's notices on and off, in German. */
export const push: typeof english = {
  title: "Hinweise in diesem Browser",
  on: "Auch in diesem Browser Bescheid sagen",
  off: "In diesem Browser nicht mehr Bescheid sagen",
  hints: {
    opening: `Sie erfahren es eine Viertelstunde vorher. ${what}`,
    line: `${what} Wo viele auf einmal drankommen, sagt es nur diese Seite: Lassen Sie sie offen.`,
    hold: what,
    account: what,
  },
  failed: "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
  isOn: "Dieser Browser sagt Ihnen von jetzt an Bescheid.",
  isOnForOpening: "Dieser Browser sagt Ihnen Bescheid, bevor es losgeht, und eine E-Mail auch.",
  isOff: "Dieser Browser sagt Ihnen nichts mehr. Die E-Mails kommen weiter.",
  unable: "Dieser Browser kann keine Hinweise einer Website zeigen. Sie bekommen E-Mails.",
  refused:
    "Dieser Browser ist so eingestellt, dass er keine Hinweise dieser Website zeigt. Sie bekommen E-Mails. In seinen Einstellungen lässt sich das ändern.",
  dismissed: "Sie haben es nicht erlaubt, also ist alles wie vorher. Sie bekommen E-Mails.",
  noService: "Dieser Browser hat seinen eigenen Dienst für Hinweise nicht erreicht. Sie bekommen E-Mails.",
  unknownService:
    "Den Dienst, den dieser Browser für Hinweise hat, benutzen wir nicht. Sie bekommen E-Mails.",
  tooMany: "Fünf Ihrer Browser sagen schon Bescheid. Schalten Sie zuerst einen davon aus.",
  signIn: "Melden Sie sich zuerst an; dann drücken Sie noch einmal.",
  noAnswer: "Es kam keine Antwort. Bitte versuchen Sie es noch einmal.",
  list: "Browser, die Bescheid sagen",
  none: "Keiner Ihrer Browser sagt Bescheid.",
  since: (moment) => `Seit ${moment}`,
  thisOne: "dieser Browser",
  another: "ein anderer Browser",
  remove: "Ausschalten",
  removed: "Dieser Browser sagt nichts mehr.",
};
