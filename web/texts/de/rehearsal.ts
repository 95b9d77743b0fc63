import type { RehearsalTexts } from "../en/rehearsal.ts";

/** Die Wörter der Seite der Proben in der Konsole. */
export const rehearsalTexts: RehearsalTexts = {
  heading: "Proben",
  lead: "Eine Menge kauft in einem eigenen, verborgenen Verkauf auf genau diesem System. Geurteilt wird nach genauen Zahlen, und nichts davon bleibt.",
  buyers: "Menschen, die zugleich kommen",
  units: "Stück",
  fault: "Was dabei schiefgeht",
  faults: {
    none: "Nichts",
    redis_loss: "Redis verliert den Verkauf",
    sent_twice: "Jeder Kauf wird zweimal gesendet",
    answers_lost: "Ein Drittel der Antworten geht verloren",
    pause: "Der Verkauf wird angehalten und fortgesetzt",
  },
  mode: "Wie Menschen eingelassen werden",
  modes: { open: "Alle zugleich", waiting_room: "Warteraum", draw: "Verlosung" },
  lineNote:
    "Mit einer Schlange dauert es drei bis sechs Minuten länger: Die Menge stellt sich an, die Liste schließt, und zwei Minuten später öffnet der Verkauf.",
  payment: "Was es kostet",
  payments: {
    none: "Nichts",
    held: "Wird bezahlt: vier von sechs zahlen, zwei nie",
  },
  paymentNote:
    "Kein Geld bewegt sich: Gezahlt wird im Testmodus des Zahlungsdienstes. Wo echtes Geld genommen wird, wird das abgelehnt. Höchstens 100 Menschen, und zwei bis drei Minuten länger, bis die unbezahlten Reservierungen geendet haben.",
  start: "Proben",
  starting: "Die Probe wird vorbereitet …",
  started: "Die Menge ist unterwegs.",
  none: "Noch niemand hat geprobt.",
  columns: { at: "Begonnen", crowd: "Menge", fault: "Fehler", state: "Stand", verdict: "Urteil" },
  crowd: (buyers, units, mode) => `${buyers} Menschen, ${units} Stück. ${mode}`,
  paid: "Wird bezahlt",
  states: {
    waiting: "Die Menge ist unterwegs",
    selling: "Die Menschen kaufen",
    purging: "Geurteilt, wird entfernt",
    done: "Nichts davon ist übrig",
  },
  go: "Bereit: jedes Gesetz gilt",
  noGo: "Nicht bereit",
  notJudged: (why) => `Kein Urteil: ${why}`,
  watch: "Dem Verkauf zusehen",
  broken: (laws) => `Gebrochen: ${laws}`,
  laws: (count) => `${count} Gesetze, nach genauer Zahl`,
  law: (left, right) => `${left} und ${right}`,
  answers: "Was den Menschen zuletzt gesagt wurde",
  seconds: (seconds) => `Die Menge brauchte ${seconds} s.`,
  link: "Proben",
};
