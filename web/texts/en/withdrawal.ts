import type { WithdrawalException } from "../../../core/contract/sale-withdrawal.ts";

/** Of an order that its buyer may withdraw from, and of the money that goes back. `begin` and `confirm` are the law's two steps. */
export const withdrawal = {
  name: "Withdrawal",
  begin: "Withdraw from this order",
  confirm: "Confirm withdrawal",
  title: "Withdraw from your order",
  lead: (sale: string) =>
    `You are about to withdraw from your order of “${sale}”. You need not give a reason. A mail confirms when your withdrawal was received.`,
  leadPlain: "You need not give a reason. A mail confirms when your withdrawal was received.",
  units: "Units to withdraw from",
  unitsOf: (left: string) => `of ${left}`,
  unitsInvalid: (left: string) => `Enter a whole number from 1 to ${left}.`,
  until: (moment: string) => `You can withdraw from this order until ${moment}.`,
  over: (moment: string) => `You could withdraw from this order until ${moment}.`,
  sending: "Sending your withdrawal",
  received: (moment: string) =>
    `Your withdrawal was received on ${moment}, and counts from then. It is being carried out; a mail confirms it.`,
  notSent: "It is not known yet whether your withdrawal was received. Send it again: it counts once.",
  refused: "There is nothing of this order that you can withdraw from now.",
  keep: "Keep the order",
  excepted: "By law there is no right to withdraw from this order:",
  exceptedSale: (why: string) => `By law there is no right to withdraw from an order here: ${why}`,
  exceptions: {
    made_to_order: "it is made to your own wishes.",
    perishable: "it spoils or expires soon.",
    sealed_hygiene: "it is sealed for health or hygiene, once you have opened it.",
    sealed_media: "it is a sealed recording or software, once you have opened it.",
    dated_service: "it is for a date or a time of its own.",
    digital_begun: "it is digital, and you asked for it to begin at once.",
  } satisfies Record<WithdrawalException, string>,
  terms: (days: string) => `You can withdraw for ${days} days after your order.`,
  due: (amount: string) => `${amount} goes back to you, the way you paid. This can take a few days.`,
  refunded: (amount: string) => `${amount} was paid back, the way you paid.`,
};
