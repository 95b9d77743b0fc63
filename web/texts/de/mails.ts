import type { mails as english } from "../en/mails.ts";

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
    notSelected: ({ shop, sale, place, entries, page, proof }) => ({
      subject: `Bisher nicht gezogen: ${sale}`,
      text: `Für „${sale}“ bei ${shop} wurde gezogen. Ihr Eintrag kam auf Platz ${place} von ${entries}, und alle Stücke, die er hätte bekommen können, sind Einträgen vor ihm versprochen. Kommen welche zurück, geht es in der Reihenfolge weiter, und die Seite des Verkaufs sagt es:\n${page}\n\nWie gezogen wurde, mit dem Platz Ihres Eintrags, für alle zum Nachprüfen:\n${proof}`,
    }),
    ended: ({ shop, sale, page, proof }) => ({
      subject: `Vorher beendet: ${sale}`,
      text: `„${sale}“ bei ${shop} wurde beendet, bevor jemand dran war. Durch diese Ziehung wurde niemandem etwas verkauft.\n\nDie Seite des Verkaufs:\n${page}\n\nDas öffentliche Protokoll der Ziehung:\n${proof}`,
    }),
  },
};
