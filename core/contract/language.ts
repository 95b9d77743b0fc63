/** The languages that shoppers are spoken to in, on pages and in mails. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];
