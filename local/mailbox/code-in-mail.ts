/** The sign-in code in a mail, as it stands there; undefined: there is none. */
export const codeInMail = (text: string | undefined): string | undefined =>
  /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text ?? "")?.[0];
