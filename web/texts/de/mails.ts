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
    `Vergeben: ${reservedAt}`,
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
  code: ({ shop, code, minutes }) => ({
    subject: `${code} ist Ihr Anmeldecode für ${shop}`,
    text: `Ihr Anmeldecode für ${shop} ist ${code}. Er gilt ${minutes} Minuten lang und nur einmal.\n\nWenn Sie ihn nicht angefordert haben, lassen Sie diese E-Mail liegen: Ohne sie kann sich niemand anmelden.`,
  }),
  result: {
    won: ({ shop, sale, units, isOne, from, until, page, proof }) => ({
      subject: `Sie wurden gezogen: ${sale}`,
      text: `Sie wurden für „${sale}“ bei ${shop} gezogen. ${isOne ? "Ein Stück ist" : `${units} Stück sind`} für Sie zurückgelegt, von ${from} bis ${until}. Danach bekommen es andere.\n\nHier kaufen Sie:\n${page}\n\nWie gezogen wurde, für alle zum Nachprüfen:\n${proof}`,
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
