const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

type Mails = readonly { readonly text: string }[];

/** Of mails, newest first, the sign-in codes; other mails come to the same address. */
export const codesIn = (mails: Mails): string[] => mails.flatMap(({ text }) => CODE.exec(text)?.[0] ?? []);

/** The newest code, as it stands in its mail; undefined: there is none. */
export const newestCode = (mails: Mails): string | undefined => codesIn(mails)[0];
