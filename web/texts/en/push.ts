const what =
  "Your browser shows a notice when a sale that you asked for opens soon, when it is your turn, before a hold of yours ends, and when units or money of an order come back. Nothing else, and the mails come all the same. What is about you comes for twelve hours from your last sign-in in this browser.";

/** Of the button that switches a browser's notices on and off. */
export const push = {
  title: "Notices in this browser",
  on: "Tell me in this browser, too",
  off: "Tell me nothing in this browser any more",
  hints: {
    opening: `You are told a quarter of an hour before. ${what}`,
    line: `${what} Where many are let in at once, only this page says that it is your turn: keep it open.`,
    hold: what,
    account: what,
  },
  failed: "That did not work. Please try again.",
  /** What became of switching it. */
  isOn: "This browser tells you from now on.",
  isOnForOpening: "This browser tells you before it opens, and so does a mail.",
  isOff: "This browser tells you nothing any more. The mails still come.",
  unable: "This browser cannot show notices of a website. You are told by mail.",
  refused:
    "This browser is set to show no notices of this website. You are told by mail. Its own settings change that.",
  dismissed: "You did not allow it, so nothing was changed. You are told by mail.",
  noService: "This browser could not reach its own service for notices. You are told by mail.",
  unknownService: "This browser's service for notices is not one that we send to. You are told by mail.",
  tooMany: "Five of your browsers are told already. Switch one of them off first.",
  signIn: "Sign in first; then press it again.",
  noAnswer: "No answer came back. Please try again.",
  /** On the page of one's own. */
  list: "Browsers that are told",
  none: "No browser of yours is told.",
  since: (moment: string) => `Since ${moment}`,
  thisOne: "this browser",
  another: "another browser",
  remove: "Switch off",
  removed: "That browser is told nothing any more.",
};
