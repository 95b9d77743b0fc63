import type { peopleTexts as english } from "../en/console-people.ts";

/** The console's page of those who work here and of the data of buyers, in German. */
export const peopleTexts: typeof english = {
  link: "Personen und Nachweise",
  heading: "Personen und Nachweise",
  notAdmin: "Rollen, Daten von Käufern und was getan wurde sind Sache der Verwalter.",
  roles: {
    heading: "Wer hier arbeitet",
    lead: "Eine Rolle, die gesenkt oder entzogen wird, gilt sofort, auch für laufende Sitzungen. Eine, die gegeben oder erhöht wird, gilt ab der nächsten Anmeldung.",
    columns: { email: "E-Mail-Adresse", role: "Rolle", since: "Seit", change: "Ändern" },
    fixed: "durch die Installation gesetzt",
    take: "Entziehen",
    email: "E-Mail-Adresse",
    role: "Rolle",
    give: "Rolle geben",
    none: "keine Rolle",
    can: {
      viewer: "Nur Ansicht: sieht Verkäufe, Bestellungen und Berichte",
      operator:
        "Betreiber: legt außerdem Verkäufe an und ändert sie, nimmt Bestellungen zurück, sendet hängende Bestellungen erneut",
      admin: "Verwalter: außerdem Rollen, API-Schlüssel, Webhooks, Daten von Käufern, Stücke außer Verkauf",
    },
    done: (email, role) => `${email}: ${role}.`,
    keysLeft: (names) =>
      `API-Schlüssel, die diese Person gemacht hat, gelten weiter, bis ein Admin sie auf der Seite der API-Schlüssel widerruft: ${names}`,
    keysUnknown:
      "Ob diese Person API-Schlüssel gemacht hat, ließ sich nicht nachsehen: siehe die Seite der API-Schlüssel.",
    sure: (email) => `Die Rolle von ${email} wirklich entziehen?`,
    wrongEmail: "Geben Sie eine E-Mail-Adresse ein.",
  },
  data: {
    heading: "Daten eines Käufers",
    lead: "Was wo wie lange aufbewahrt wird, und was das Löschen übrig lässt, steht in docs/privacy.md.",
    who: "E-Mail-Adresse oder Nummer des Käufers",
    export: "Alles herunterladen, was aufbewahrt wird",
    erase: "Löschen \u2026",
    sure: "Die Daten dieses Käufers wirklich löschen? Das lässt sich nicht zurücknehmen.",
    collecting: "Wird aus allen Speichern gesammelt \u2026",
    saved: "Gespeichert.",
    wrongWho: "Geben Sie eine E-Mail-Adresse ein oder eine Nummer wie byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD.",
    asked: {
      asked: "Verzeichnet. Es geschieht binnen einer Viertelstunde.",
      postponed: (why) => `Verzeichnet und aufgeschoben, bis nichts mehr im Weg steht: ${why}`,
      done: "Erledigt: Nichts wird aufbewahrt, das zu dieser Person führt.",
    },
    list: "Löschungen",
    none: "Keine wurde verlangt.",
    columns: { buyer: "Käufer", asked: "Verlangt", state: "Stand", finished: "Gelöscht" },
    states: {
      asked: "verlangt",
      postponed: "aufgeschoben",
      done: "gelöscht",
    },
    why: {
      open_order: (sale) => `eine Bestellung von ${sale} ist noch nicht entschieden`,
      open_hold: (sale) => `Stücke von ${sale} sind vorgemerkt`,
      open_payment: (sale) => `eine Zahlung für ${sale} läuft`,
      open_sale: (sale) => `${sale} ist noch nicht abgeschlossen`,
      open_entry: (sale) => `sie stehen in der Schlange von ${sale}, der noch nicht abgeschlossen ist`,
      open_refund: (sale) => `Geld für eine Bestellung von ${sale} ist noch zu erstatten`,
      open_session: () =>
        "eine Sitzung von ihnen kann noch laufen, und damit kaufen oder sich anstellen: höchstens einen halben Tag nach der letzten Anmeldung",
    },
  },
  stuck: {
    heading: "Hängende Bestellungen",
    lead: "Nachrichten, die immer wieder scheiterten. Nichts davon ist verloren; beheben Sie die Ursache, und senden Sie sie erneut.",
    look: "Nachsehen",
    none: "Nichts hängt.",
    some: (n) => `${n} Nachrichten hängen.`,
    unreadable: "keine lesbare Bestellung",
    columns: { order: "Bestellung", receives: "Versuche", sent: "Gesendet" },
    redrive: "Alle diese erneut senden",
    moved: (n) => `${n} Nachrichten wurden erneut gesendet.`,
  },
  acts: {
    heading: "Was getan wurde",
    lead: "Was keinen Verkauf betrifft. Was an einem Verkauf getan wurde, steht bei ihm.",
    more: "Früheres",
    none: "Noch nichts.",
    role: (email, before, after) => `${email}: ${before} \u2192 ${after}`,
  },
};
