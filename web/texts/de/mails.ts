import type { mails as english } from "../en/mails.ts";

/** The words of mails, in German. */
export const mails: typeof english = {
  code: ({ shop, code, minutes }) => ({
    subject: `${code} ist Ihr Anmeldecode für ${shop}`,
    text: `Ihr Anmeldecode für ${shop} ist ${code}. Er gilt ${minutes} Minuten lang und nur einmal.\n\nWenn Sie ihn nicht angefordert haben, lassen Sie diese E-Mail liegen: Ohne sie kann sich niemand anmelden.`,
  }),
};
