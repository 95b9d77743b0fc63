import type { MilestoneSeconds } from "../../src/features/clock/countdown.ts";
import { faces, partly, phases, refusals, rejections } from "./faces.ts";
import { payment } from "./payment.ts";

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
  payment,
  milestones,
  sale: {
    toOrder: "Show my order",
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
  preview: {
    until: (moment: string) => `Only whoever has this link sees it, until ${moment}.`,
    published: "This sale is published: its page in the shop says what holds now.",
    over: "This link is not valid, or its time is over. Ask whoever sent it for a new one.",
    unreachable: "We cannot reach the sale just now. We keep asking.",
    nothing: "This is a preview: nothing was sent, and nothing can be bought.",
  },
  list: {
    empty: "No sale is planned at the moment.",
    unreachable: "We cannot reach the sales just now. We keep asking.",
    noPast: "There are no earlier sales.",
    pastUnreachable: "We cannot reach the earlier sales just now. Try again.",
  },
  order: {
    title: (orderId: string) => `Order ${orderId}`,
    toSale: "Back to the sale",
    faces: {
      sign_in: {
        ...faces.session_expired,
        heading: "Sign in to see your order",
        body: "Use the e-mail address that you bought with.",
      },
      unreachable: {
        ...faces.unreachable,
        heading: "We cannot reach your order just now",
        body: "This says nothing about the order itself. We keep asking.",
      },
      missing: {
        ...faces.not_found,
        heading: "There is no such order under this account",
        body: "It may belong to another e-mail address: sign out, and sign in with that one.",
      },
    },
  },
  orders: {
    notices: {
      loading: "Looking up your orders…",
      sign_in: "Sign in with the address that you bought with, and all your orders are here.",
      empty: "This account has no orders. They may belong to another e-mail address.",
      unreachable:
        "We cannot reach your orders just now. This says nothing about the orders themselves. We keep asking.",
      stale: (time: string) => `As of ${time}: we cannot reach your orders just now, and keep asking.`,
    },
    count: (count: string) => (count === "1" ? "One order." : `${count} orders, newest first.`),
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
