import type { MilestoneSeconds } from "../../src/features/clock/countdown.ts";
import { faces, partly, phases, refusals, rejections } from "./faces.ts";

const milestones = {
  600: "Ten minutes until the sale opens.",
  60: "One minute until the sale opens.",
  10: "Ten seconds until the sale opens.",
} satisfies Record<MilestoneSeconds, string>;

/** All words that scripts write, in English. */
export const texts = {
  faces,
  phases,
  refusals,
  partly,
  milestones,
  sale: {
    toOrder: "Show my order",
    toPay: "Pay now",
    opensAt: (moment: string) => `Opens ${moment}`,
    endsIn: (time: string) => `Ends in ${time}`,
    endsOn: (moment: string) => `Ends ${moment}`,
    endingNow: "Ending now",
    opensIn: (time: string) => `Opens in ${time}`,
    oneClickAway: "You are signed in: once it opens, buying takes one click.",
    signInForOrder: "If you bought here, sign in to see your order.",
    oneClick: "One click is enough.",
    signInFirst: "Sign in now, and buying takes one click.",
    allTaken: (allocated: string) =>
      allocated === "1" ? "The only unit is taken." : `All ${allocated} units are taken.`,
    mayReturn: (held: string) =>
      held === "1"
        ? "One is held and not paid for yet: it may come back."
        : `${held} are held and not paid for yet: they may come back.`,
    endedAt: (moment: string) => `It ended ${moment}.`,
    perBuyer: (limit: string) => `at most ${limit} per person`,
    stock: (available: string, allocated: string) => `${available} of ${allocated} left`,
    stockUnknown: "Stock is being counted",
    asOf: (time: string) => `as of ${time}`,
    stale: (time: string) => `as of ${time}, not up to date`,
    retryIn: (seconds: string) => `Next try in ${seconds} s`,
    retryNow: "Asking now",
    buyMore: "Buy more…",
    buyAgain: "Buy again…",
    buy: (price: string) => `Buy for ${price}`,
    held: (units: string) =>
      units === "1" ? "You have one unit of this sale." : `You have ${units} units of this sale.`,
    mayBuyMore: (left: string) =>
      left === "1" ? "You may buy one more." : `You may buy up to ${left} more.`,
    limitReached: "That is this sale's limit for one person.",
    askedTooMany: "You asked for more than this sale still allows you. This is the order that you have.",
    reason: (code: string) => rejections[code] ?? `Reason: ${code}.`,
  },
  signIn: {
    signedInAs: (address: string) => `Signed in as ${address}.`,
    emailInvalid: "Enter your full e-mail address, such as name@example.com.",
    codeInvalid: "The code has eight letters and digits.",
    codeWrong: "This code is wrong or too old. Check the latest e-mail, or ask for a new code.",
    codeSentTo: (email: string) => `We sent a code to ${email}. If several mails came, use the newest.`,
    rateLimited: (seconds: number) => `Too many attempts. Try again in ${seconds} seconds.`,
    noAnswer: "No answer came back. Please try again.",
  },
};
