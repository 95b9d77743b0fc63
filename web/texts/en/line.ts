import type { LineState } from "../../src/features/line/line-state.ts";
import type { EntryFate } from "../../src/features/line/place.ts";
import type { NoCheck } from "../../src/features/line/joining.ts";
import type { Alarm } from "../../src/features/line/seen-line.ts";
import type { WaitReason } from "../../../core/contract/turn.ts";
import type { FaceWords } from "../looks.ts";

/** Those without a body get their sentence from what is known of the line. */
const english: Record<LineState, FaceWords> = {
  line_loading: {
    chip: "Checking",
    heading: "Looking for your place",
    body: "One moment.",
  },
  line_unreachable: {
    chip: "No connection",
    heading: "We cannot reach the line just now",
    body: "Your place does not depend on this page. We keep asking, and it goes on by itself.",
  },
  line_join: {
    chip: "Line",
    heading: "Join the line",
    body: "",
  },
  line_returns: {
    chip: "All taken",
    heading: "Shall we tell you if one comes back?",
    body: "",
  },
  line_challenge: {
    chip: "Checking",
    heading: "Checking that you are not a robot…",
    body: "Your browser works at a small puzzle, a second or so on most devices. You need not do anything, and then it joins by itself.",
  },
  line_slower: {
    chip: "Your choice",
    heading: "Join without the check?",
    body: "",
  },
  line_joining: {
    chip: "Joining",
    heading: "Joining the line",
    body: "Your browser joins at a random moment of the next seconds. Within a list nobody is earlier.",
  },
  line_checking: {
    chip: "Checking",
    heading: "We do not know yet whether you have joined",
    body: "No clear answer came back. We ask again until we know; whoever is in the line already stays there, once.",
  },
  line_joined: {
    chip: "In the line",
    heading: "You are in the line",
    body: "Within a list nobody is earlier. You may close this page: your place does not depend on it.",
  },
  line_late: {
    chip: "Waiting for chance",
    heading: "The public source of chance is late",
    body: "Everybody waits for it, and no other is taken. Your entry stands, and you may close this page.",
  },
  line_waiting: {
    chip: "Waiting",
    heading: "You are waiting for your turn",
    body: "A turn is a chance to buy while units last.",
  },
  line_drawn: {
    chip: "Order drawn",
    heading: "The order is drawn",
    body: "",
  },
  line_soon: {
    chip: "Your turn",
    heading: "Your turn begins in a moment",
    body: "The button appears as soon as it does.",
  },
  line_turn: {
    chip: "Your turn",
    heading: "It is your turn",
    body: "Buy now, while units last: a turn is a chance, and no promise.",
  },
  line_won: {
    chip: "Drawn",
    heading: "You have been drawn",
    body: "This is a promise: your units are kept for you until your time is over.",
  },
  line_lapsed: {
    chip: "Lapsed",
    heading: "Your turn is over",
    body: "Its time has passed.",
  },
  line_passed_over: {
    chip: "Not selected",
    heading: "Not selected so far",
    body: "All units were promised to entries before yours. If some come back, the line goes on in its order, and this page says so.",
  },
  line_withdrawn: {
    chip: "Withdrawn",
    heading: "You have left the line",
    body: "Your entry stays in the public list, without a name, and gets no turn.",
  },
  line_closed: {
    chip: "Line closed",
    heading: "Nobody joins this line any more",
    body: "Its list is closed, so that chance can decide about those who are in it.",
  },
  line_sold_out: {
    chip: "All sold",
    heading: "Every unit is sold",
    body: "",
  },
  line_over: {
    chip: "Line ended",
    heading: "The line has ended",
    body: "",
  },
};

const after = (fate: Exclude<EntryFate, "never_came"> | null, sentence: string): string =>
  fate === "had_turn"
    ? `You have had your turn. ${sentence}`
    : fate === null
      ? sentence
      : `You have left the line. ${sentence}`;

/** The words of a sale with a line that scripts write, in English. */
export const line = {
  faces: english,
  joinFirst: (closes: string) =>
    `Everybody who joins before ${closes} is equal: chance decides, and not who is faster.`,
  joinDraw: (closes: string, result: string) =>
    `Everybody who joins before ${closes} takes part. The order is drawn ${result}; who is selected when the sale opens has a promise.`,
  drawn: (opens: string | null): string =>
    `Who is selected is not decided yet: ${
      opens === null ? "" : `when the sale opens (${opens}), `
    }units are promised in this order, to each entry all that it asked for or none. Whoever leaves before is skipped.`,
  joinNext: (seconds: string) =>
    `The first list is closed. One more closes every ${seconds} s, and stands behind those before it; within it nobody is earlier.`,
  tellMe: "Tell me if one comes back",
  joinReturns: (held: string, minutes: string) =>
    `Every unit is taken, and ${held} are in unpaid holds. One that comes back is kept for the next one in line for ${minutes} minutes, and we write a mail to whoever it is. Nobody knows whether any comes back.`,
  turnReturned:
    "A unit has come back, and it is kept for you until your time is over. Then it goes to the next one.",
  allPaid: (fate: EntryFate | null): string =>
    fate === "never_came"
      ? "Every unit is paid for, so that none comes back by itself. Should the shop take one back, the line goes on in its order: you may stay, and close this page."
      : after(fate, "Every unit is paid for, so that none comes back by itself."),
  noCheck: {
    unable: "This browser cannot do the check that you are not a robot. You can join all the same.",
    failed:
      "The check that you are not a robot did not succeed, and this need not be your fault. You can join all the same, or cancel and begin again.",
  } satisfies Record<NoCheck, string>,
  closedByShop:
    "The shop has closed it to newcomers. Whoever is in it keeps their place; should it open again, this page says so.",
  checkedLater:
    "You are checked later: your entry stands behind the others of its list, and before the next list.",
  checkedLaterOpen:
    "You are checked later: your entry stands behind the others of its list, and before the next list. The shop may still move it to the others, until the list closes.",
  laneUndone:
    "You were to be checked later, and the shop undid that: you stand among all others of your list.",
  signInFirst: "Sign in first, then join.",
  closesAt: (closes: string) => `Your list closes ${closes}.`,
  closesSoon: "Your list closes in a moment.",
  isRead: "Your list is closed, and is being read.",
  drawnAt: (moment: string) =>
    `Your list is closed, and its order is drawn ${moment}, by a public source of chance that nobody here controls.`,
  lateSince: (moment: string) => `Its answer was due ${moment}.`,
  soldOutInTurn: (held: string) =>
    held === "0"
      ? "No unit is left just now. Should one come back while it is your turn, the button appears."
      : `No unit is left just now, and ${held} are in unpaid holds. Should one come back while it is your turn, the button appears.`,
  heldBySale: "The sale stands still, and so does the time of your turn.",
  mayJoinNext: "You may join the next list.",
  allSold: (fate: EntryFate | null): string =>
    fate === "never_came"
      ? "Your turn did not come, and you did nothing wrong: more was wanted than there was. If units come back before the sale ends, the line goes on in its order: you may stay, and close this page."
      : after(fate, "If units come back before the sale ends, the line goes on in its order."),
  endedByUs: (fate: EntryFate | null): string =>
    fate === "never_came" ? "The sale was ended before your turn came." : after(fate, "The sale was ended."),
  why: {
    pace: "as many people are let in each second as the shop allows",
    paused: "the line is paused",
    full: "everybody whose turn it is still takes their time",
    stock: "no unit is left just now that nobody has",
    opening: "the sale is not open yet",
  } satisfies Record<WaitReason, string>,
  nobodyKnows: (why: string) => `How long it takes nobody can say: ${why}.`,
  grown: (why: string) => `The wait has become longer: ${why}.`,
  between: (least: string, most: string) => (least === most ? least : `${least} to ${most}`),
  next: "you are among the next",
  waits: (from: string, to: string) => `${from} to ${to}`,
  seconds: (n: string) => `${n} s`,
  minutes: (n: string) => `${n} min`,
  hours: (n: string) => `${n} h`,
  left: (available: string, held: string) =>
    held === "0" ? `${available} left` : `${available} left, ${held} in unpaid holds`,
  perSecond: (people: string): string =>
    people === "1" ? "one person per second" : `${people} people per second`,
  paused: "paused",
  list: (n: string, isSlower: boolean) =>
    isSlower ? `list ${n}, slower lane: behind the others of this list` : `list ${n}`,
  leafSeen: "found in the published list",
  leafNotYet: "to be found once the list is published",
  turnLeft: (time: string) => `${time} left`,
  turnUntil: (moment: string) => `until ${moment}`,
  warnings: {
    60: "One minute of your turn is left.",
    30: "Thirty seconds of your turn are left.",
    10: "Ten seconds of your turn are left.",
  },
  leaveFailed:
    "You are still in the line, as far as we know: leaving was not answered. Try it again in a moment.",
  leaveSure: "Really leave the line?",
  alarms: {
    root_changed:
      "The published root of a list has changed since this browser saw it. The line was tampered with: keep this page and tell others.",
    log_changed:
      "The log of the line is not the one that this browser saw. The line was tampered with: keep this page and tell others.",
    left_out:
      "Your entry is not in the published list, though you have a receipt for it. Keep the receipt: it shows that you were left out.",
    receipt_wrong: "The receipt that you got does not fit itself. Keep it, and tell the shop.",
  } satisfies Record<Alarm, string>,
};
