import type { FaceKind } from "../../src/features/sale/face-kind.ts";
import type { RefusalKind } from "../../src/features/purchase/purchase-state.ts";
import { dress, faceLooks, type FaceWords } from "../looks.ts";
import type { partly as englishPartly } from "../en/faces.ts";

const words = (chip: string, heading: string, body: string): FaceWords => ({ chip, heading, body });

const german: Record<FaceKind, FaceWords> = {
  loading: words("Wird geprüft", "Wir sehen nach dem Verkauf", "Einen Moment."),
  unreachable: words(
    "Keine Verbindung",
    "Wir erreichen den Verkauf gerade nicht",
    "Das sagt nichts über den Bestand. Wir fragen weiter.",
  ),
  not_found: words(
    "Nicht gefunden",
    "Unter dieser Adresse gibt es keinen Verkauf",
    "Vielleicht fehlt ein Teil des Links. Laufende Verkäufe stehen auf der ersten Seite.",
  ),
  scheduled: words("Demnächst", "Beginnt bald", "Für alle im selben Augenblick, nach der Uhr des Servers."),
  opening: words("Öffnet", "Öffnet jetzt", "Der Knopf erscheint gleich."),
  open: words(
    "Geöffnet",
    "Der Verkauf läuft",
    "Ihre Anfrage hat eine eigene Nummer und kann nie doppelt zählen.",
  ),
  sold_out: words(
    "Ausverkauft",
    "Ausverkauft",
    "Sollte ein Stück zurückkommen, zeigt diese Seite es von selbst.",
  ),
  paused: words(
    "Angehalten",
    "Der Verkauf ist angehalten",
    "Der Händler verkauft im Moment nicht. Tut er es wieder, geht diese Seite weiter.",
  ),
  recovering: words(
    "Wird geprüft",
    "Der Verkauf prüft seine Bücher",
    "Wir zählen nach, damit jedes Stück genau einmal verkauft wird. Das heißt nicht ausverkauft.",
  ),
  ended: words("Beendet", "Der Verkauf ist beendet", "Hier wird nichts mehr verkauft."),
  submitting: words(
    "Wird gesendet",
    "Ihre Anfrage wird gesendet",
    "Neuladen verliert sie nicht und kauft nicht doppelt.",
  ),
  checking: words(
    "Wird geprüft",
    "Wir wissen es noch nicht: Ihre Bestellung wird geprüft",
    "Es kam keine klare Antwort. Wir fragen mit derselben Anfrage weiter, die nie doppelt kauft.",
  ),
  rate_limited: words(
    "Wartet",
    "Eine kurze Wartezeit",
    "Es kamen viele Anfragen von Ihnen. Ihre geht von selbst weiter.",
  ),
  purchase_paused: words(
    "Angehalten",
    "Der Verkauf ist angehalten, und Ihre Anfrage wartet",
    "Der Händler verkauft im Moment nicht. Wir kaufen, sobald es weitergeht.",
  ),
  offline: words(
    "Offline",
    "Sie sind offline",
    "Wir prüfen, was aus Ihrer Anfrage wurde, sobald Sie wieder verbunden sind.",
  ),
  session_expired: words(
    "Anmelden",
    "Melden Sie sich wieder an",
    "Ihre Anmeldung lief ab. Mit derselben Adresse prüfen wir, was aus Ihrer Anfrage wurde.",
  ),
  pending: words(
    "Wird geprüft",
    "Wir prüfen Ihre Bestellung",
    "Der Verkauf prüft seine Bücher. Ob Ihre Bestellung gilt, ist noch nicht bekannt.",
  ),
  accepted: words(
    "Angenommen",
    "Angenommen. Wir bestätigen Ihre Bestellung",
    "Ihre Anfrage ist verzeichnet und geht nicht verloren. Sie dürfen die Seite schließen.",
  ),
  held: words(
    "Zu bezahlen",
    "Es ist für Sie reserviert. Bezahlen Sie, dann gehört es Ihnen",
    "Bis die Zeit unten abgelaufen ist, bekommt es niemand sonst. Unbezahlt geht es zurück in den Verkauf.",
  ),
  authorised: words(
    "Bezahlt",
    "Ihre Zahlung ist genehmigt. Wir bestätigen Ihre Bestellung",
    "Sie müssen nichts tun. Sie dürfen die Seite schließen.",
  ),
  expired: words(
    "Abgelaufen",
    "Ihre Zeit zum Bezahlen ist vorbei",
    "Ihre Stücke sind wieder im Verkauf. Es wurde nichts abgebucht.",
  ),
  cancelled: words(
    "Storniert",
    "Diese Bestellung wurde storniert",
    "Ihre Stücke sind wieder im Verkauf. Es wurde nichts abgebucht.",
  ),
  failed: words(
    "Nicht bezahlt",
    "Die Zahlung ist nicht gelungen",
    "Ihre Bank hatte zugestimmt, aber nicht gezahlt. Es wurde nichts abgebucht.",
  ),
  confirmed: words("Bestätigt", "Es gehört Ihnen", "Ihre Bestellung ist bestätigt."),
  already_bought: words(
    "Schon Ihres",
    "Sie haben schon eines",
    "Mehr bekommt eine Person hier nicht. Dies ist Ihre Bestellung.",
  ),
  rejected: words(
    "Abgelehnt",
    "Ihre Bestellung wurde abgelehnt",
    "Sie kam nicht in die Bücher des Händlers. Die Betreiber wissen davon.",
  ),
  returned: words(
    "Zurückgegeben",
    "Diese Bestellung ist beendet",
    "Alle ihre Stücke gingen zurück: Keines davon gehört Ihnen mehr.",
  ),
  refunded: words(
    "Zurückgezahlt",
    "Diese Bestellung wurde zurückgezahlt",
    "Alle ihre Stücke gingen zurück, und Ihr Geld auch: auf Ihrem Zahlungsweg.",
  ),
  not_open: words(
    "Noch nicht geöffnet",
    "Der Verkauf war noch nicht geöffnet",
    "Ihre Anfrage kam zu früh, und nichts wurde gekauft. Der Knopf kommt wieder.",
  ),
  not_your_turn: words(
    "Nicht dran",
    "Sie waren nicht dran",
    "Es wurde nichts gekauft. Ihr Platz in der Schlange bleibt.",
  ),
  too_few: words(
    "Weniger übrig",
    "Es sind weniger übrig, als Sie wollten",
    "Es wurde nichts gekauft. Wählen Sie weniger.",
  ),
  refused: words(
    "Abgewiesen",
    "Diese Anfrage wurde abgewiesen",
    "Der Server hat sie nicht angenommen. Laden Sie die Seite neu.",
  ),
};

export const faces = dress(faceLooks, german);

export const refusals: Partial<Record<RefusalKind, string>> = {
  key_reused: "Diese Anfrage ist eine andere. Wir suchen Ihre Bestellung.",
  conflict:
    "Es wurde nichts gekauft. Sie hatten hier schon so viele Bestellungen, wie der Verkauf von einer Person nimmt.",
};

export const rejections: Readonly<Record<string, string>> = {
  over_purchase_limit: "Sie haben schon so viele Stücke, wie eine Person kaufen darf.",
  beyond_allocation: "Als Ihre Anfrage gezählt wurde, war das letzte Stück vergeben.",
  stale_epoch: "Der Verkauf prüfte seine Bücher, und kein Stück war mehr da.",
  conflicting_order: "Unter dieser Nummer steht eine andere Bestellung; die Betreiber wissen davon.",
};

export const partly: typeof englishPartly = {
  units: (left, quantity) => `${left} von ${quantity}`,
  takenBack: (units) =>
    units === "1" ? "Ein Stück davon ging zurück." : `${units} Stück davon gingen zurück.`,
};
