/** The words of asking for a mail before a sale opens, in English. */
export const reminder = {
  ask: "Remind me by mail",
  stop: "No mail, after all",
  what: (at: string) =>
    `One mail to the address that you signed in with, from ${at} on, and nothing else. It has a link that stops such mails.`,
  asked: (at: string | null) =>
    at === null ? "You get a mail before it opens." : `You get one mail from ${at} on, before it opens.`,
  unknown: "No answer came: whether you get a mail is not known. Try again in a moment.",
};
