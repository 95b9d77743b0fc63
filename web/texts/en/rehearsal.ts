import type {
  RehearsalFault,
  RehearsalMode,
  RehearsalPayment,
  RehearsalState,
} from "../../../core/contract/rehearsal.ts";

/** The words of the console's page of rehearsals, in English. */
export const rehearsalTexts = {
  heading: "Rehearsals",
  lead: "A crowd buys in a hidden sale of its own, on this very system. It is judged by exact counts, and nothing of it stays.",
  buyers: "People who come at once",
  units: "Units",
  fault: "What goes wrong meanwhile",
  faults: {
    none: "Nothing",
    redis_loss: "Redis loses the sale",
    sent_twice: "Every purchase is sent twice",
    answers_lost: "A third of the answers is lost",
    pause: "The sale is paused and resumed",
  } satisfies Record<RehearsalFault, string>,
  mode: "How people are let in",
  modes: {
    open: "Everybody at once",
    waiting_room: "Waiting room",
    draw: "Draw",
  } satisfies Record<RehearsalMode, string>,
  lineNote:
    "With a line it takes three to six minutes more: the crowd joins, the list closes, and two minutes later the sale opens.",
  payment: "What it costs",
  payments: {
    none: "Free",
    held: "Paid for: four of six pay, two never do",
  } satisfies Record<RehearsalPayment, string>,
  paymentNote:
    "No money moves: who pays does so in the payment provider's test mode. A stage that takes real money refuses this. At most 100 people, and two to three minutes more, until holds that nobody paid for have ended.",
  start: "Rehearse",
  starting: "The rehearsal is being prepared…",
  started: "The crowd is on its way.",
  none: "Nobody has rehearsed yet.",
  columns: { at: "Started", crowd: "Crowd", fault: "Fault", state: "State", verdict: "Verdict" },
  crowd: (buyers: string, units: string, mode: string) => `${buyers} people, ${units} units. ${mode}`,
  paid: "Paid for",
  states: {
    waiting: "The crowd is on its way",
    selling: "People are buying",
    purging: "It is judged, and being removed",
    done: "Nothing of it is left",
  } satisfies Record<RehearsalState, string>,
  go: "Go: every law holds",
  noGo: "No go",
  notJudged: (why: string) => `Not judged: ${why}`,
  watch: "Watch the sale",
  broken: (laws: string) => `Broken: ${laws}`,
  laws: (count: string) => `${count} laws, by exact count`,
  law: (left: string, right: string) => `${left} and ${right}`,
  answers: "What people were told at last",
  seconds: (seconds: string) => `The crowd took ${seconds} s.`,
  link: "Rehearsals",
};
export type RehearsalTexts = typeof rehearsalTexts;
