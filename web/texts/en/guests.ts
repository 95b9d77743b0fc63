import type { GuestReason } from "../../../core/contract/guests.ts";

/** Of a sale that goes by a list: who may come, and whether this buyer may. */
export const guests = {
  name: "Who may come",
  listed: "This sale is for the guests on its list.",
  listedFirst: "It opens for everybody, and earlier for guests on a tier.",
  tier: (name: string, moment: string) => `${name}: from ${moment}.`,
  signIn: {
    addresses: "Sign in with the address that was invited.",
    codes: "Sign in first; then enter your code.",
  },
  invited: "You are on the list.",
  invitedOn: (tier: string, moment: string) => `You are on the list (${tier}) and may buy from ${moment}.`,
  checking: "Looking whether you are on the list.",
  code: "Your code",
  submit: "Use this code",
  limited: (seconds: string) => `Too many tries. Try again in ${seconds} seconds.`,
  reasons: {
    no_invitation: "Whether you are on the list is still being looked up.",
    wrong_invitation: "Whether you are on the list is being looked up again.",
    outdated: "The list has changed. Whether you are on it is being looked up again.",
    not_listed:
      "The address that you are signed in with is not on the list. If another one was invited, sign in with that one; else ask the shop.",
    no_code: "Enter the code that you were given.",
    wrong_code: "There is no such code in this sale. Check how it is spelled.",
    used: "It has been used by another buyer already. Sign in as you did then, or ask the shop.",
  } satisfies Record<GuestReason, string>,
};
