import type { mails as english } from "../en/mails.ts";

type Order = Parameters<(typeof english)["confirmed"]>[0];

const goStandings: Record<Parameters<(typeof english)["go"]>[0]["standing"], (changes: string) => string> = {
  missing: () => "Niemand hat bisher entschieden.",
  changed: (changes) => `Seit es gegeben wurde, hat sich etwas geändert (${changes}).`,
  no_go: () =>
    "Es wurde No-go entschieden. Der Verkauf öffnet trotzdem, wenn ihn niemand anhält oder seinen Beginn verschiebt.",
  stands: () => "",
};

const factsOf = ({ name, units, price, total, orderId, place, reservedAt }: Order): string =>
  [
    name,
    `Stück: ${units} zu je ${price}`,
    `Summe: ${total}`,
    `Bestellung: ${orderId}`,
    `Platz: #${place}`,
    `Reserviert: ${reservedAt}`,
  ].join("\n");

const endOf = ({ shop, page, contact }: Order): string =>
  `Ihre Bestellung, wie sie jeweils steht: ${page}\n\nFragen? So erreichen Sie ${shop}: ${contact}`;

const mail = (subject: string, ...paragraphs: readonly (string | false)[]) => ({
  subject,
  text: paragraphs.filter((paragraph) => paragraph !== false).join("\n\n"),
});

const nextSteps = ({ isPaid }: Order): string =>
  isPaid
    ? "Ihre Bestellung steht in den Büchern des Händlers und ist bezahlt. Auf der Website müssen Sie nichts weiter tun; wie die Lieferung geht, sagt Ihnen der Händler."
    : "Ihre Bestellung steht in den Büchern des Händlers. Auf der Website müssen Sie nichts weiter tun; wie Bezahlung und Lieferung gehen, sagt Ihnen der Händler.";

/** The words of mails, in German. */
export const mails: typeof english = {
  endpointPaused: ({ name, host, why, page }) => ({
    subject: `Webhooks angehalten: ${name}`,
    text: `Webhooks an „${name}“ (${host}) sind angehalten, ${why === "gone" ? "weil dort mit 410 geantwortet wurde: es sollen keine mehr kommen" : "weil dort seit einem halben Tag keiner angenommen wurde"}. Nichts geht verloren: Ereignisse warten und gehen der Reihe nach hinaus, sobald Sie es fortsetzen.\n\nWas geantwortet wurde, sehen Sie hier, und hier setzen Sie es fort:\n${page}`,
  }),
  code: ({ shop, code, minutes }) => ({
    subject: `${code} ist Ihr Anmeldecode für ${shop}`,
    text: `Ihr Anmeldecode für ${shop} ist ${code}. Er gilt ${minutes} Minuten lang und nur einmal.\n\nWenn Sie ihn nicht angefordert haben, lassen Sie diese E-Mail liegen: Ohne sie kann sich niemand anmelden.`,
  }),
  opening: ({ shop, sale, page, opens, joinBefore, stop }) => ({
    subject: `Öffnet bald: ${sale}`,
    text: `„${sale}“ bei ${shop} öffnet ${opens}.${joinBefore === null ? "" : ` Es gibt eine Schlange: Wer sich vor ${joinBefore} anstellt, steht in ihrer ersten Liste, und dort entscheidet der Zufall, nicht wer schneller ist.`}\n\nDie Seite des Verkaufs:\n${page}\n\nSie bekommen diese E-Mail, weil Sie auf dieser Seite darum gebeten haben. Keine mehr davon:\n${stop}`,
  }),
  turn: ({ shop, sale, page, from, until, isKept }) => ({
    subject: `Sie sind dran: ${sale}`,
    text: `Sie sind dran für „${sale}“ bei ${shop}, von ${from} bis ${until}. ${isKept ? "Ein Stück ist zurückgekommen und liegt bis dahin für Sie bereit. Danach geht es an den nächsten Menschen in der Schlange." : "Dran zu sein ist eine Gelegenheit, zu kaufen, solange etwas da ist. Danach kommen die nächsten dran."}\n\nHier kaufen Sie:\n${page}\n\nWenn Sie inzwischen gekauft haben, müssen Sie nichts tun. Sie bekommen diese E-Mail, weil Sie sich für diesen Verkauf angestellt haben.`,
  }),
  result: {
    won: ({ shop, sale, units, isOne, from, until, page, proof }) => ({
      subject: `Sie wurden gezogen: ${sale}`,
      text: `Sie wurden für „${sale}“ bei ${shop} gezogen. ${isOne ? "Ein Stück ist" : `${units} Stück sind`} für Sie zurückgelegt, ${until === null ? `seit ${from}. Der Verkauf hat zwischendurch stillgestanden, und Ihre Zeit auch: Sie endet später als vorgesehen` : `von ${from} bis ${until}`}. Danach bekommen es andere.\n\nHier kaufen Sie:\n${page}\n\nWie gezogen wurde, für alle zum Nachprüfen:\n${proof}`,
    }),
    wonBefore: ({ shop, sale, units, isOne, from, until, page, proof }) => ({
      subject: `Sie waren gezogen: ${sale}`,
      text: `Sie waren für „${sale}“ bei ${shop} gezogen. ${isOne ? "Ein Stück war" : `${units} Stück waren`} für Sie zurückgelegt, von ${from} längstens bis ${until}. Es tut uns leid: Diese E-Mail kommt spät, und diese Zeit ist vorbei oder der Verkauf beendet. Wenn Sie gekauft haben, gilt Ihre Bestellung. Ob noch etwas zu kaufen ist, sagt die Seite des Verkaufs:\n${page}\n\nWie gezogen wurde, für alle zum Nachprüfen:\n${proof}`,
    }),
    notSelected: ({ shop, sale, place, entries, page, proof }) => ({
      subject: `Bisher nicht gezogen: ${sale}`,
      text: `Für „${sale}“ bei ${shop} wurde gezogen. Ihr Eintrag kam auf Platz ${place} von ${entries}, und alle Stücke, die er hätte bekommen können, sind Einträgen vor ihm versprochen. Kommen welche zurück, geht es in der Reihenfolge weiter, und die Seite des Verkaufs sagt es:\n${page}\n\nWie gezogen wurde, mit dem Platz Ihres Eintrags, für alle zum Nachprüfen:\n${proof}`,
    }),
    ended: ({ shop, sale, page, proof }) => ({
      subject: `Vorher beendet: ${sale}`,
      text: `„${sale}“ bei ${shop} wurde beendet, bevor jemand dran war. Durch diese Ziehung wurde niemandem etwas verkauft.\n\nDie Seite des Verkaufs:\n${page}\n\nDas öffentliche Protokoll der Ziehung:\n${proof}`,
    }),
  },
  go: ({ shop, sale, opens, standing, changes, page }) =>
    mail(
      `Go oder No-go? ${sale} öffnet bald`,
      `„${sale}“ bei ${shop} öffnet ${opens}, und dafür steht kein Go: ${goStandings[standing](changes)}`,
      `Entscheiden Sie hier:\n${page}`,
    ),
  confirmed: (order) =>
    mail(
      `Bestätigt: ${order.name}`,
      `Ihre Bestellung bei ${order.shop} ist bestätigt. Es gehört Ihnen.`,
      factsOf(order),
      order.isPaid && `Bezahlt: ${order.total}`,
      `Wie es weitergeht: ${order.nextSteps || nextSteps(order)}`,
      endOf(order),
    ),
  rejected: (order) =>
    mail(
      `Nicht bestätigt: ${order.name}`,
      `Ihre Bestellung bei ${order.shop} konnte nicht bestätigt werden, obwohl sie zuvor angenommen war. Das tut uns leid. Sie bekommen nichts daraus und schulden nichts dafür.`,
      order.isPaid && "Was dafür über Ihren Zahlungsweg vorgemerkt oder eingezogen war, geht dorthin zurück.",
      `Der Grund: ${order.reason}`,
      factsOf(order),
      endOf(order),
    ),
  failed: (order) =>
    mail(
      `Nicht bezahlt: ${order.name}`,
      `Ihre Bestellung bei ${order.shop} konnte nicht bestätigt werden, obwohl auf ihrer Seite stand, dass sie bezahlt ist. Das tut uns leid. Sie bekommen nichts daraus.`,
      `Der Grund: ${order.why}`,
      "Von Ihnen wurde nichts eingezogen, und Sie schulden nichts. Was auf Ihrem Zahlungsweg vorgemerkt war, wird freigegeben; bis Sie das sehen, kann Ihre Bank einige Tage brauchen.",
      factsOf(order),
      endOf(order),
    ),
  failures: {
    capture_refused: "Ihre Bank hatte das Geld vorgemerkt und dann nicht herausgegeben.",
    authorisation_lapsed: "das Geld war zu lange vorgemerkt, und Ihre Bank hat es wieder freigegeben.",
  },
  returned: (order) =>
    mail(
      order.left === "0" ? `Storniert: ${order.name}` : `Geändert: ${order.name}`,
      order.left === "0"
        ? `Ihre Bestellung bei ${order.shop} wurde storniert: Der Händler hat ihre Stücke zurückgenommen (${order.takenBack}). Nichts davon gehört Ihnen mehr.`
        : `Ihre Bestellung bei ${order.shop} wurde geändert: Der Händler hat Stücke zurückgenommen (${order.takenBack}). Sie haben noch ${order.left} von ${order.units}.`,
      order.isPaid && `${order.paidBack} werden auf dem Weg zurückgezahlt, auf dem Sie bezahlt haben.`,
      "Die Bestellung, wie sie gemacht wurde:",
      factsOf(order),
      endOf(order),
    ),
  withdrawn: (
    order: Order & {
      readonly takenBack: string;
      readonly paidBack: string;
      readonly left: string;
      readonly receivedAt: string;
    },
  ) =>
    mail(
      `Widerruf eingegangen: ${order.name}`,
      `Ihr Widerruf zu Ihrer Bestellung bei ${order.shop} ist eingegangen und ausgeführt. Bewahren Sie diese E-Mail auf: Sie ist Ihre Bestätigung.`,
      `Eingegangen: ${order.receivedAt}\nWiderrufen: ${order.takenBack} von ${order.units} (${order.name})\nBestellung: ${order.orderId}`,
      order.left === "0"
        ? "Davon gehört Ihnen nichts mehr."
        : `Ihnen gehören weiterhin ${order.left} von ${order.units}.`,
      order.isPaid &&
        `${order.paidBack} werden auf Ihrem Zahlungsweg zurückgezahlt. Eine weitere E-Mail sagt, wann das geschehen ist.`,
      "Die Bestellung, wie sie aufgegeben wurde:",
      factsOf(order),
      endOf(order),
    ),
  withdrawalRefused: (order: Order & { readonly receivedAt: string; readonly why: string }) =>
    mail(
      `Widerruf nicht möglich: ${order.name}`,
      `Am ${order.receivedAt} ist ein Widerruf zu Ihrer Bestellung bei ${order.shop} eingegangen. Er konnte nicht ausgeführt werden, und an Ihrer Bestellung hat sich nichts geändert.`,
      `Der Grund: ${order.why}`,
      factsOf(order),
      endOf(order),
    ),
  refunded: (order: Order & { readonly amount: string }) =>
    mail(
      `Zurückgezahlt: ${order.name}`,
      `${order.amount} aus Ihrer Bestellung bei ${order.shop} wurden auf Ihrem Zahlungsweg zurückgezahlt. Bis Sie es sehen, kann Ihre Bank einige Tage brauchen.`,
      factsOf(order),
      endOf(order),
    ),
  paymentUndone: (order) =>
    mail(
      order.taken === null ? `Nichts eingezogen: ${order.name}` : `Zurückgezahlt: ${order.name}`,
      `Eine Zahlung zu Ihrer Bestellung bei ${order.shop} wurde nicht behalten. Der Grund: ${order.why}`,
      order.taken === null
        ? "Durch sie wurde nichts von Ihnen eingezogen. Was auf Ihrem Zahlungsweg vorgemerkt war, ist freigegeben; bis Sie das sehen, kann Ihre Bank einige Tage brauchen."
        : `${order.taken} wurden durch sie eingezogen und gehen vollständig auf Ihrem Zahlungsweg zurück. Bis Sie es sehen, kann Ihre Bank einige Tage brauchen.`,
      "Die Bestellung, wie sie gemacht wurde:",
      factsOf(order),
      endOf(order),
    ),
  undoneReasons: {
    too_late: "Sie kam an, als die Bestellung beendet war, und deren Stücke gehören Ihnen nicht.",
    second: "Die Bestellung ist durch eine andere Zahlung bezahlt, und diese gilt.",
    wrong_amount: "Ihr Betrag war nicht der, den die Bestellung verlangt.",
  },
  withdrawalReasons: {
    withdrawal_over: "die Frist für den Widerruf war abgelaufen, als er einging.",
    withdrawal_excepted:
      "für das, was Sie gekauft haben, sieht das Gesetz kein Widerrufsrecht vor; der Shop hatte das vorher gesagt.",
    too_many_units: "diese Stücke hatten Sie schon widerrufen, oder sie waren zurückgenommen worden.",
    not_confirmed: "Ihre Bestellung war nicht bestätigt, es gibt also nichts zu widerrufen.",
  },
  holdEnding: (order) =>
    mail(
      `Bezahlen bis ${order.until}: ${order.name}`,
      `Ihre Bestellung bei ${order.shop} ist bis ${order.until} für Sie zurückgelegt und noch nicht bezahlt. Danach bekommen andere ihre Stücke.`,
      `Hier bezahlen Sie:\n${order.page}`,
      "Wenn Sie inzwischen bezahlt haben, müssen Sie nichts tun. Wenn Sie es nicht mehr möchten, auch nicht: Sie schulden nichts dafür.",
      factsOf(order),
      `Fragen? So erreichen Sie ${order.shop}: ${order.contact}`,
    ),
  reasons: {
    over_purchase_limit:
      "Sie haben in einer früheren Bestellung schon so viele Stücke, wie eine Person kaufen darf.",
    beyond_allocation:
      "Als Ihre Bestellung gezählt wurde, war das letzte Stück an jemanden vor Ihnen gegangen.",
    stale_epoch:
      "Der Verkauf prüfte seine Bücher, während Ihre Bestellung unterwegs war, und danach war kein Stück mehr für sie da.",
    conflicting_order: "Unter dieser Nummer steht eine andere Bestellung in den Büchern.",
  },
};
