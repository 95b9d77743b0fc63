type Code = { readonly shop: string; readonly code: string; readonly minutes: number };

/** The words of mails, in English. */
export const mails = {
  code: ({ shop, code, minutes }: Code) => ({
    subject: `${code} is your sign-in code for ${shop}`,
    text: `Your sign-in code for ${shop} is ${code}. It is valid for ${minutes} minutes, and once.\n\nIf you did not ask for it, ignore this mail: nobody can sign in without it.`,
  }),
};
