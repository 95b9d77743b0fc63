import type { LineState } from "../../src/features/line/line-state.ts";
import type { EntryFate } from "../../src/features/line/place.ts";
import type { line as english } from "../en/line.ts";
import type { FaceWords } from "../looks.ts";

const words = (chip: string, heading: string, body: string): FaceWords => ({ chip, heading, body });

/** Those without a body get their sentence from what is known of the line. */
const german: Record<LineState, FaceWords> = {
  line_loading: words("Wird geprüft", "Wir suchen Ihren Platz", "Einen Moment."),
  line_unreachable: words(
    "Keine Verbindung",
    "Wir erreichen die Schlange gerade nicht",
    "Ihr Platz hängt nicht von dieser Seite ab. Wir fragen weiter, und sie geht von selbst weiter.",
  ),
  line_join: words("Schlange", "Stellen Sie sich an", ""),
  line_returns: words("Alles vergeben", "Sollen wir Ihnen sagen, wenn eins zurückkommt?", ""),
  line_challenge: words(
    "Prüfung",
    "Wir prüfen, dass Sie kein Roboter sind …",
    "Ihr Browser löst ein kleines Rätsel, meist in einer Sekunde, und stellt sich dann an.",
  ),
  line_slower: words("Ihre Wahl", "Ohne die Prüfung anstellen?", ""),
  line_joining: words(
    "Wird angestellt",
    "Sie werden angestellt",
    "Ihr Browser stellt sich in einem zufälligen Augenblick der nächsten Sekunden an. Innerhalb einer Liste ist niemand früher.",
  ),
  line_checking: words(
    "Wird geprüft",
    "Wir wissen noch nicht, ob Sie angestellt sind",
    "Wir fragen, bis wir es wissen; wer schon in der Schlange steht, bleibt darin, einmal.",
  ),
  line_joined: words(
    "In der Schlange",
    "Sie stehen in der Schlange",
    "Innerhalb einer Liste ist niemand früher. Sie können diese Seite schließen: Ihr Platz hängt nicht von ihr ab.",
  ),
  line_late: words(
    "Der Zufall fehlt",
    "Die öffentliche Zufallsquelle ist verspätet",
    "Alle warten auf sie, keine andere wird genommen. Ihr Eintrag gilt. Sie können diese Seite schließen.",
  ),
  line_waiting: words(
    "Sie warten",
    "Sie warten, bis Sie dran sind",
    "Dran zu sein ist eine Gelegenheit, zu kaufen, solange etwas da ist.",
  ),
  line_drawn: words("Reihenfolge steht", "Die Reihenfolge steht fest", ""),
  line_soon: words("Sie sind dran", "Gleich sind Sie dran", "Der Knopf erscheint, sobald es so weit ist."),
  line_turn: words(
    "Sie sind dran",
    "Jetzt sind Sie dran",
    "Kaufen Sie jetzt, solange etwas da ist: Dran zu sein ist eine Gelegenheit, kein Versprechen.",
  ),
  line_won: words(
    "Gezogen",
    "Sie wurden gezogen",
    "Das ist ein Versprechen: Ihre Stücke bleiben für Sie liegen, bis Ihre Zeit um ist.",
  ),
  line_lapsed: words("Verfallen", "Ihre Zeit ist um", "Sie waren dran, und es ist vorbei."),
  line_passed_over: words(
    "Nicht gezogen",
    "Bisher nicht gezogen",
    "Alle Stücke wurden Einträgen vor Ihrem versprochen. Kommen welche zurück, geht die Schlange in ihrer Reihenfolge weiter, und diese Seite sagt es.",
  ),
  line_withdrawn: words(
    "Zurückgezogen",
    "Sie haben die Schlange verlassen",
    "Ihr Eintrag bleibt ohne Namen in der öffentlichen Liste und kommt nicht dran.",
  ),
  line_closed: words(
    "Geschlossen",
    "In dieser Schlange stellt sich niemand mehr an",
    "Ihre Liste ist geschlossen, damit der Zufall über die entscheiden kann, die darin stehen.",
  ),
  line_sold_out: words("Alles verkauft", "Jedes Stück ist verkauft", ""),
  line_over: words("Schlange beendet", "Die Schlange ist zu Ende", ""),
};

const after = (fate: Exclude<EntryFate, "never_came"> | null, sentence: string): string =>
  fate === "had_turn"
    ? `Sie waren schon dran. ${sentence}`
    : fate === null
      ? sentence
      : `Sie haben die Schlange verlassen. ${sentence}`;

/** The words of a sale with a line that scripts write, in German. */
export const line: typeof english = {
  faces: german,
  joinFirst: (closes) =>
    `Alle, die sich vor ${closes} anstellen, sind gleich: Der Zufall entscheidet, nicht wer schneller ist.`,
  joinDraw: (closes, result) =>
    `Wer sich vor ${closes} anstellt, nimmt teil. Die Reihenfolge kommt ${result}; wer gezogen wird, wenn der Verkauf öffnet, hat ein Versprechen.`,
  drawn: (opens) =>
    `Wer gezogen wird, ist noch nicht entschieden: ${
      opens === null ? "Stücke werden" : `Wenn der Verkauf öffnet (${opens}), werden Stücke`
    } in dieser Reihenfolge versprochen, jedem Eintrag alle, um die er bat, oder keins. Wer vorher geht, wird übersprungen.`,
  joinNext: (seconds) =>
    `Die erste Liste ist geschlossen. Alle ${seconds} s schließt eine weitere und steht hinter denen davor; innerhalb ist niemand früher.`,
  tellMe: "Sagen Sie mir, wenn eins zurückkommt",
  joinReturns: (held, minutes) =>
    `Jedes Stück ist vergeben, und ${held} sind unbezahlt zurückgelegt. Kommt eins zurück, liegt es ${minutes} Minuten lang für den nächsten Menschen in der Schlange bereit, und wir schreiben ihm eine Mail. Ob eins zurückkommt, weiß niemand.`,
  turnReturned:
    "Ein Stück ist zurückgekommen und liegt für Sie bereit, bis Ihre Zeit um ist. Danach geht es an den nächsten Menschen.",
  allPaid: (fate) =>
    fate === "never_came"
      ? "Jedes Stück ist bezahlt, von selbst kommt also keins zurück. Nimmt der Händler eins zurück, geht die Schlange in ihrer Reihenfolge weiter: Sie können bleiben und diese Seite schließen."
      : after(fate, "Jedes Stück ist bezahlt, von selbst kommt also keins zurück."),
  noCheck: {
    unable:
      "Dieser Browser kann nicht prüfen, dass Sie kein Roboter sind. Sie können sich trotzdem anstellen.",
    failed:
      "Die Prüfung ist nicht gelungen, und das muss nicht an Ihnen liegen. Sie können sich trotzdem anstellen, oder abbrechen und neu beginnen.",
  },
  closedByShop:
    "Der Händler nimmt niemanden mehr auf. Wer in ihr steht, behält seinen Platz; öffnet er sie wieder, sagt es diese Seite.",
  checkedLater:
    "Sie werden später geprüft: Ihr Eintrag steht hinter den anderen seiner Liste und vor der nächsten Liste.",
  checkedLaterOpen:
    "Sie werden später geprüft: Ihr Eintrag steht hinter den anderen seiner Liste und vor der nächsten Liste. Der Händler kann ihn noch zu den anderen stellen, bis die Liste schließt.",
  laneUndone:
    "Sie werden nicht später geprüft, der Händler hat es aufgehoben: Sie stehen unter allen anderen Ihrer Liste.",
  signInFirst: "Melden Sie sich zuerst an.",
  closesAt: (closes) => `Ihre Liste schließt ${closes}.`,
  closesSoon: "Ihre Liste schließt gleich.",
  isRead: "Ihre Liste ist geschlossen und wird gelesen.",
  drawnAt: (moment) =>
    `Ihre Liste ist geschlossen, und ihre Reihenfolge wird ${moment} gezogen, von einer öffentlichen Zufallsquelle, über die hier niemand bestimmt.`,
  lateSince: (moment) => `Ihre Antwort war ${moment} fällig.`,
  soldOutInTurn: (held) =>
    held === "0"
      ? "Im Moment ist nichts mehr da. Kommt etwas zurück, solange Sie dran sind, erscheint der Knopf."
      : `Im Moment ist nichts mehr da, und ${held} Stück sind unbezahlt zurückgelegt. Kommt etwas zurück, solange Sie dran sind, erscheint der Knopf.`,
  heldBySale: "Der Verkauf steht still, und Ihre Zeit auch.",
  mayJoinNext: "Sie können sich in die nächste Liste stellen.",
  allSold: (fate) =>
    fate === "never_came"
      ? "Sie sind nicht drangekommen und haben nichts falsch gemacht: Es war mehr gewünscht, als da war. Kommen vor dem Ende des Verkaufs Stücke zurück, geht die Schlange in ihrer Reihenfolge weiter: Sie können bleiben und diese Seite schließen."
      : after(
          fate,
          "Kommen vor dem Ende des Verkaufs Stücke zurück, geht die Schlange in ihrer Reihenfolge weiter.",
        ),
  endedByUs: (fate) =>
    fate === "never_came"
      ? "Der Verkauf wurde beendet, bevor Sie dran waren."
      : after(fate, "Der Verkauf wurde beendet."),
  why: {
    pace: "der Händler lässt so viele je Sekunde ein",
    paused: "die Schlange ist angehalten",
    full: "alle, die dran sind, lassen sich noch Zeit",
    stock: "im Moment ist kein Stück frei",
    opening: "der Verkauf hat noch nicht begonnen",
  },
  nobodyKnows: (why) => `Wie lange es dauert, kann niemand sagen: ${why}.`,
  grown: (why) => `Es dauert jetzt länger: ${why}.`,
  between: (least, most) => (least === most ? least : `${least} bis ${most}`),
  next: "Sie gehören zu den Nächsten",
  waits: (from, to) => `${from} bis ${to}`,
  seconds: (n) => `${n} Sek.`,
  minutes: (n) => `${n} Min.`,
  hours: (n) => `${n} Std.`,
  left: (available, held) =>
    held === "0" ? `noch ${available}` : `noch ${available}, ${held} unbezahlt zurückgelegt`,
  perSecond: (people) => (people === "1" ? "ein Mensch je Sekunde" : `${people} Menschen je Sekunde`),
  paused: "angehalten",
  list: (n, isSlower) =>
    isSlower ? `Liste ${n}, langsamere Spur: hinter den anderen dieser Liste` : `Liste ${n}`,
  leafSeen: "in der veröffentlichten Liste gefunden",
  leafNotYet: "zu finden, sobald die Liste veröffentlicht ist",
  turnLeft: (time) => `noch ${time}`,
  turnUntil: (moment) => `bis ${moment}`,
  warnings: {
    60: "Noch eine Minute, dann sind Sie nicht mehr dran.",
    30: "Noch dreißig Sekunden, dann sind Sie nicht mehr dran.",
    10: "Noch zehn Sekunden, dann sind Sie nicht mehr dran.",
  },
  leaveFailed:
    "Es kam keine Antwort: Soweit wir wissen, stehen Sie noch in der Schlange. Versuchen Sie es noch einmal.",
  leaveSure: "Die Schlange wirklich verlassen?",
  alarms: {
    root_changed:
      "Die veröffentlichte Wurzel einer Liste ist anders, als dieser Browser sie sah. Die Schlange wurde verfälscht: Behalten Sie diese Seite und sagen Sie es weiter.",
    log_changed:
      "Das Protokoll der Schlange ist nicht das, das dieser Browser sah. Die Schlange wurde verfälscht: Behalten Sie diese Seite und sagen Sie es weiter.",
    left_out:
      "Ihr Eintrag fehlt in der veröffentlichten Liste. Bewahren Sie Ihren Beleg auf: Er zeigt, dass Sie ausgelassen wurden.",
    receipt_wrong: "Ihr Beleg passt nicht zu sich selbst. Bewahren Sie ihn auf und sagen Sie es dem Händler.",
  },
};
