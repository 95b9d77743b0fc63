import type { plain as english } from "../en/plain.ts";

const checking = "Wir wissen es noch nicht: Es wird geprüft";
const sameRequest = "Es ist dieselbe Anfrage und kann nie doppelt kaufen.";
const refused = {
  heading: "Diese Anfrage wurde abgewiesen",
  body: "Der Server hat ihr Formular nicht angenommen, und nichts wurde damit gekauft. Öffnen Sie die Seite des Verkaufs neu und wiederholen Sie sie dort.",
};

/** The words of the pages that work without script, in German. */
export const plain: typeof english = {
  phases: {
    scheduled: {
      heading: "Noch nicht geöffnet",
      body: "Er beginnt für alle im selben Augenblick, nach der Uhr des Servers. Melden Sie sich vorher an, dann kaufen Sie mit einem Klick.",
    },
    open: {
      heading: "Der Verkauf läuft",
      body: "Ihre Anfrage hat eine eigene Nummer und kann nie doppelt zählen.",
    },
    sold_out: {
      heading: "Ausverkauft",
      body: "Alle Stücke sind vergeben. Kommt eines zurück, zeigt es diese Seite beim nächsten Nachsehen.",
    },
    paused: {
      heading: "Der Verkauf ist angehalten",
      body: "Der Händler verkauft im Moment nicht. Sehen Sie später wieder nach.",
    },
    recovering: {
      heading: "Der Verkauf prüft seine Bücher",
      body: "Wir zählen nach, damit jedes Stück genau einmal verkauft wird. Das heißt nicht ausverkauft. Sehen Sie gleich wieder nach.",
    },
    ended: { heading: "Der Verkauf ist beendet", body: "Hier wird nichts mehr verkauft." },
  },
  problems: {
    invalid_request: {
      heading: "Im Formular stimmt etwas nicht",
      body: "Damit wurde nichts gekauft. Gehen Sie zurück, berichtigen Sie, was hier genannt ist, und senden Sie es wieder.",
    },
    unauthenticated: {
      heading: "Melden Sie sich an",
      body: "Ihre Anmeldung ist abgelaufen, oder Ihr Browser hat sie nicht gesendet. Nehmen Sie dieselbe Adresse wie zuvor.",
    },
    forbidden: {
      heading: "Diese Anfrage wurde abgewiesen",
      body: "Sie kam nicht von einer Seite dieser Website, deshalb wurde nichts getan. Öffnen Sie die Seite des Verkaufs und wiederholen Sie sie dort.",
    },
    not_open: {
      heading: "Der Verkauf ist noch nicht geöffnet",
      body: "Ihre Anfrage kam zu früh, und nichts wurde gekauft. Senden Sie sie wieder, sobald der Verkauf läuft.",
    },
    not_eligible: {
      heading: "Dieser Verkauf ist für die Gäste auf seiner Liste",
      body: "Es wurde nichts gekauft, und niemand in eine Schlange eingetragen.",
    },
    not_your_turn: {
      heading: "Sie sind nicht dran",
      body: "Diese Anfrage hat nichts gekauft. Ihr Platz in der Schlange bleibt, wie er ist; sehen Sie dort wieder nach.",
    },
    not_found: {
      heading: "Unter dieser Adresse gibt es nichts",
      body: "Vielleicht ist der Link unvollständig, oder er gehört zu einer anderen E-Mail-Adresse als der, mit der Sie angemeldet sind.",
    },
    method_not_allowed: refused,
    line_closed: {
      heading: "In dieser Schlange stellt sich niemand mehr an",
      body: "Die Liste derer, die darin stehen, ist geschlossen, und diese Anfrage hat nichts getan.",
    },
    join_unknown: {
      heading: "Wir wissen nicht, ob Sie in der Schlange stehen",
      body: "Senden Sie es wieder: Wer schon darin steht, bleibt es, einmal.",
    },
    sold_out: {
      heading: "Ausverkauft",
      body: "Alle Stücke sind vergeben, und diese Anfrage hat nichts gekauft.",
    },
    ended: {
      heading: "Der Verkauf ist beendet",
      body: "Diese Anfrage hat nichts gekauft, und hier wird nichts mehr verkauft.",
    },
    payment_overdue: {
      heading: "Die Zeit zum Bezahlen ist vorbei",
      body: "Ging im letzten Moment eine Zahlung durch, so sagt es Ihre Bestellung. Sonst gehen ihre Stücke zurück in den Verkauf.",
    },
    too_many_payments: {
      heading: "Für diese Bestellung wird keine Bezahlseite mehr geöffnet",
      body: "Sie wurde zu oft geöffnet. Ihre Bestellung sagt, was daraus wurde; ist die Zeit zum Bezahlen vorbei, gehen ihre Stücke zurück in den Verkauf.",
    },
    no_withdrawal: {
      heading: "Hier gibt es nichts zu widerrufen",
      body: "Die Frist ist abgelaufen, oder die Bestellung ist schon beendet. Ihre Bestellung sagt, wie sie steht.",
    },
    conflict: {
      heading: "Das geht jetzt nicht mehr",
      body: "Es steht inzwischen anders, als Ihre Seite es zeigte; deshalb wurde nichts getan. Öffnen Sie die Seite neu, dann sehen Sie es.",
    },
    body_too_large: refused,
    unsupported_media_type: refused,
    key_reused: {
      heading: "Dieses Formular wurde schon gesendet, mit einer anderen Anzahl",
      body: "Die erste Sendung gilt, diese hat nichts geändert. Die Seite des Verkaufs zeigt Ihre Bestellung.",
    },
    rate_limited: {
      heading: "Eine kurze Wartezeit",
      body: "In wenigen Sekunden kamen viele Anfragen von Ihnen; diese wurde nicht angesehen.",
    },
    internal: {
      heading: checking,
      body: "Bei uns ist etwas kaputtgegangen; die Betreiber wissen davon. Was aus Ihrer Anfrage wurde, ist noch nicht bekannt.",
    },
    paused: {
      heading: "Der Verkauf ist angehalten",
      body: "Der Händler verkauft im Moment nicht. Das sagt nichts über den Bestand. Sie können später wieder fragen.",
    },
    recovering: {
      heading: checking,
      body: "Der Verkauf prüft seine Bücher, damit jedes Stück genau einmal verkauft wird. Das heißt nicht ausverkauft.",
    },
    lost: {
      heading: checking,
      body: "Der Verkauf prüft seine Bücher, damit jedes Stück genau einmal verkauft wird. Das heißt nicht ausverkauft.",
    },
    outcome_unknown: {
      heading: checking,
      body: "Es kam keine klare Antwort. Ihre Anfrage ist vielleicht schon verzeichnet, vielleicht nicht: Fragen Sie wieder, dann wissen Sie es.",
    },
    unavailable: {
      heading: "Das können wir gerade nicht sagen",
      body: "Es kam keine Antwort. Das sagt nichts über einen Verkauf oder eine Bestellung. Versuchen Sie es gleich wieder.",
    },
  },
  said: {
    too_late_to_remind: {
      heading: "Für eine Erinnerung ist es zu spät",
      body: "Der Verkauf öffnet in weniger als einer Viertelstunde oder hat begonnen; deshalb wird keine E-Mail gesendet. Seine Seite zeigt, wie lange es noch dauert.",
    },
    everybody_may_come: {
      heading: "Sie brauchen hier keinen Code",
      body: "Zu diesem Verkauf darf jetzt jeder kommen. Gehen Sie zurück auf seine Seite: Sonst ist nichts nötig.",
    },
    no_line_now: {
      heading: "Hier steht jetzt niemand Schlange",
      body: "Wer zuerst kommt, kauft, was da ist. Sie stehen in keiner Schlange: Gehen Sie zurück zum Verkauf; seine Seite zeigt, ob Stücke da sind.",
    },
    no_more_orders: {
      heading: "Dieser Verkauf nimmt keine Bestellung mehr von Ihnen",
      body: "Sie hatten schon so viele, wie er von einer Person nimmt, beendete mitgezählt. Diese Anfrage hat nichts gekauft.",
    },
    unknown_sale: {
      heading: "Diesen Verkauf gibt es nicht",
      body: "Vielleicht ist der Link unvollständig, oder der Verkauf wurde entfernt. Es wurde nichts getan.",
    },
  },
  withScript: "Die Seite mit Countdown und laufendem Bestand",
  lookAgain: "Wieder nachsehen",
  buyFor: (price) => `Kaufen für ${price}`,
  buyEach: (price) => `Kaufen, je ${price}`,
  noOrders:
    "Unter diesem Konto gibt es keine Bestellungen. Vielleicht gehören sie zu einer anderen E-Mail-Adresse.",
  noOrdersHere: "Unter diesen Verkäufen sind keine.",
  olderOrders: "Ältere Bestellungen",
  toSale: "Zurück zum Verkauf",
  toList: "Alle Verkäufe",
  noSales: "Zurzeit ist kein Verkauf geplant.",
  pastSales: "Frühere Verkäufe",
  morePast: "Noch frühere",
  noPastSales: "Es gibt keine früheren Verkäufe.",
  stock: (available, allocated) => `${available} von ${allocated} übrig, als diese Seite entstand`,
  mayReturn: (held) =>
    held === "1"
      ? "Ein Stück ist reserviert und noch nicht bezahlt: Es kann zurückkommen."
      : `${held} Stück sind reserviert und noch nicht bezahlt: Sie können zurückkommen.`,
  fewerLeft: (available) => `Es sind weniger Stücke übrig, als Sie wollten: ${available}.`,
  opensAt: (moment) => `Er beginnt ${moment}.`,
  nowIs: (moment) => `Nach der Uhr des Servers ist es ${moment}.`,
  askAgain: "Mit derselben Anfrage wieder fragen",
  askAgainAfter: (seconds) => `Warten Sie ${seconds} s und fragen Sie dann wieder. ${sameRequest}`,
  askAgainThen: sameRequest,
  yourOrders: "Ihre Bestellungen in diesem Verkauf",
  ordersUnknown:
    "Ob Sie hier schon eine Bestellung haben, können wir gerade nicht sagen. Sehen Sie wieder nach, bevor Sie kaufen.",
  alreadyBought: "Sie haben schon eines. Dies ist Ihre Bestellung.",
  turnBegins: "Sie kommen dran, ungefähr",
  lineSlower:
    "Ohne Skript gibt es keine Prüfung, dass Sie kein Roboter sind. Deshalb kommen Sie in die langsamere Spur: hinter alle aus Ihrer Liste, die die Prüfung gemacht haben, und vor die nächste Liste. Die Seite mit Skript hat die Prüfung.",
  reminder: {
    what: (at) =>
      `Eine E-Mail an die Adresse, mit der Sie angemeldet sind, ab ${at}, und sonst nichts. Sie enthält einen Link, der solche E-Mails abstellt.`,
    ask: "Per E-Mail erinnern",
    asked: "Sie bekommen eine E-Mail, bevor der Verkauf öffnet.",
    stop: "Doch keine E-Mail",
  },
  unsubscribe: {
    heading: "E-Mails, um die Sie gebeten haben",
    body: "Sie haben um E-Mails gebeten, bevor Verkäufe öffnen. Ein Klick stellt sie alle ab. E-Mails zu Ihren Bestellungen und Ihrem Platz in einer Schlange gehören nicht dazu.",
    stop: "Diese E-Mails abstellen",
    done: "Diese E-Mails sind abgestellt. Sie bekommen nur wieder eine, wenn Sie neu darum bitten.",
  },
  waitDependsOn: (why) => `Wovon es am meisten abhängt: ${why}.`,
  lineRefreshes: {
    soon: "Diese Seite fragt alle paar Sekunden von selbst nach. Sie können sie auch schließen: Ihr Platz bleibt.",
    slowly: "Diese Seite fragt jede halbe Minute von selbst nach.",
    afterTurn:
      "Diese Seite bleibt, wie sie ist, solange Sie wählen, und fragt von selbst nach, wenn Ihre Zeit um ist.",
  },
  receipt: {
    name: "Ihr Beleg",
    what: "Heben Sie ihn auf: Mit ihm können Sie Ihren Eintrag in der veröffentlichten Liste suchen, auf einem eigenen Rechner.",
    save: (file) => `Als ${file} sichern`,
    how: "Ist Ihre Liste geschlossen, findet dies Ihren Eintrag, neben der Datei und dem Skript:",
    script: "Das Skript, verify-fairness.mjs",
    withScript:
      "Die Seite mit Skript behält den Beleg von selbst, sobald Sie angemeldet sind, und die Beweisseite findet Ihren Eintrag damit.",
  },
  orderRefreshes: "Diese Seite fragt alle paar Sekunden von selbst wieder.",
  signedOutHint:
    "Schon angemeldet und über einen Link gekommen? Dann sehen Sie wieder nach: Ihr Browser hat die Anmeldung nicht mitgesendet.",
  codeSentTo: (email) =>
    `Wir haben einen Code an ${email} gesendet. Sind mehrere E-Mails gekommen, gilt die neueste.`,
  fields: {
    email: "Geben Sie Ihre ganze E-Mail-Adresse ein, etwa name@example.com.",
    code: "Der Code hat acht Buchstaben und Ziffern.",
    quantity: (limit) => `Anzahl: höchstens ${limit}.`,
    other: (name) => `Das Feld „${name}“ des Formulars fehlt oder ist falsch. Öffnen Sie die Seite neu.`,
  },
  openid: {
    done: "Sie sind angemeldet",
    goOn: "Weiter",
    failed: "Sie sind nicht angemeldet",
    again: "Die Anmeldung wurde abgebrochen oder hat zu lange gedauert. Beginnen Sie noch einmal.",
    noEmail:
      "Das verwendete Konto hat keine bestätigte E-Mail-Adresse, und ohne sie weiß niemand, wer gekauft hat. Bestätigen Sie sie dort, oder melden Sie sich mit einem Code an.",
    back: "Zurück",
  },
  codeWrong:
    "Dieser Code ist falsch, benutzt oder zu alt. Sehen Sie in die neueste E-Mail, oder fordern Sie einen neuen an.",
};
