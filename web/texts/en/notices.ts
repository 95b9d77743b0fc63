/** What a browser shows, under the sale's name. A reader may be somewhere else, and look later: nothing counts down here. */
export const notices = {
  opening: "Opens soon. Come to its page now.",
  turn: "It is your turn. Buy while it lasts.",
  unit_back: "A unit came back, and it is your turn. Buy while it lasts.",
  hold_ending: "Your units are held for about two minutes more. Pay now to keep them.",
  returned: "The shop took back units of your order. See what became of it.",
  withdrawn: "Your withdrawal is accepted. See your order.",
  refunded: "Money is on its way back to you. See your order.",
};
