import type { GoStanding } from "../../../core/contract/preflight.ts";
import type { FailureReason, RejectionReason, UndoneReason } from "../../../core/contract/order.ts";

/** `page` and `proof` are addresses; moments name their zone. */
type Result = { readonly shop: string; readonly sale: string; readonly page: string; readonly proof: string };
type Won = Result & {
  readonly units: string;
  readonly isOne: boolean;
  readonly from: string;
  readonly until: string;
};
/** Null: the sale has stood still, and the turn goes on. */
type WonNow = Omit<Won, "until"> & { readonly until: string | null };
type NotSelected = Result & { readonly place: string; readonly entries: string };

type Opening = {
  readonly shop: string;
  readonly sale: string;
  readonly page: string;
  readonly opens: string;
  /** Of a sale with a line: until when one joins its first list. */
  readonly joinBefore: string | null;
  readonly stop: string;
};

type Turn = {
  readonly shop: string;
  readonly sale: string;
  readonly page: string;
  readonly from: string;
  readonly until: string;
  /** A unit is kept for them. */
  readonly isKept: boolean;
};

type Code = { readonly shop: string; readonly code: string; readonly minutes: number };

/** What a mail about an order is about. */
type Order = {
  readonly shop: string;
  readonly name: string;
  readonly units: string;
  readonly price: string;
  readonly total: string;
  /** Buyers of this sale pay on the site. */
  readonly isPaid: boolean;
  readonly orderId: string;
  readonly place: string;
  readonly reservedAt: string;
  readonly page: string;
  /** In the words of the shop; empty: it has said nothing. */
  readonly nextSteps: string;
  readonly contact: string;
};

/** What the staff is asked about before a sale opens. `changes` are the preflight's names. */
type Go = {
  readonly shop: string;
  readonly sale: string;
  readonly opens: string;
  readonly standing: GoStanding["standing"];
  readonly changes: string;
  readonly page: string;
};

const goStandings: Record<Go["standing"], (changes: string) => string> = {
  missing: () => "nobody has decided yet.",
  changed: (changes) => `something changed since it was given (${changes}).`,
  no_go: () => "no-go was decided. It opens all the same unless somebody pauses it or moves its start.",
  stands: () => "",
};

const factsOf = ({ name, units, price, total, orderId, place, reservedAt }: Order): string =>
  [
    name,
    `Units: ${units} at ${price} each`,
    `Total: ${total}`,
    `Order: ${orderId}`,
    `Place: #${place}`,
    `Reserved: ${reservedAt}`,
  ].join("\n");

const endOf = ({ shop, page, contact }: Order): string =>
  `Your order, as it stands at any time: ${page}\n\nQuestions? You reach ${shop} here: ${contact}`;

const mail = (subject: string, ...paragraphs: readonly (string | false)[]) => ({
  subject,
  text: paragraphs.filter((paragraph) => paragraph !== false).join("\n\n"),
});

const nextSteps = ({ isPaid }: Order): string =>
  isPaid
    ? "your order is in the merchant's records, and paid for. You need not do anything on the site; the merchant tells you how delivery goes."
    : "your order is in the merchant's records. You need not do anything on the site; the merchant tells you how payment and delivery go.";

/** An endpoint that webhooks go to. */
type PausedEndpoint = {
  readonly name: string;
  readonly host: string;
  readonly why: "operator" | "failing" | "gone";
  readonly page: string;
};

/** The words of mails, in English. */
export const mails = {
  endpointPaused: ({ name, host, why, page }: PausedEndpoint) => ({
    subject: `Webhooks paused: ${name}`,
    text: `Webhooks to “${name}” (${host}) are paused, ${why === "gone" ? "because it answered 410: it wants no more of them" : "because it has taken none for half a day"}. Nothing is lost: events wait, and go out in order once you resume it.\n\nSee what it answered, and resume it here:\n${page}`,
  }),
  code: ({ shop, code, minutes }: Code) => ({
    subject: `${code} is your sign-in code for ${shop}`,
    text: `Your sign-in code for ${shop} is ${code}. It is valid for ${minutes} minutes, and once.\n\nIf you did not ask for it, ignore this mail: nobody can sign in without it.`,
  }),
  opening: ({ shop, sale, page, opens, joinBefore, stop }: Opening) => ({
    subject: `Opens soon: ${sale}`,
    text: `“${sale}” at ${shop} opens ${opens}.${joinBefore === null ? "" : ` It has a line: whoever joins before ${joinBefore} is in its first list, and chance decides there, not who is faster.`}\n\nThe sale's page:\n${page}\n\nYou get this mail because you asked for it on that page. No more of them:\n${stop}`,
  }),
  turn: ({ shop, sale, page, from, until, isKept }: Turn) => ({
    subject: `It is your turn: ${sale}`,
    text: `It is your turn for “${sale}” at ${shop}, from ${from} until ${until}. ${isKept ? "A unit has come back, and it is kept for you until then. After that it goes to the next one in line." : "A turn is a chance to buy while units last. After that the next ones are let in."}\n\nBuy here:\n${page}\n\nIf you have bought meanwhile, you need do nothing. You get this mail because you joined the line of this sale.`,
  }),
  result: {
    won: ({ shop, sale, units, isOne, from, until, page, proof }: WonNow) => ({
      subject: `You have been drawn: ${sale}`,
      text: `You have been drawn for “${sale}” at ${shop}. ${isOne ? "One unit is" : `${units} units are`} kept for you, ${until === null ? `since ${from}. The sale has stood still meanwhile, and so has your time: it ends later than planned` : `from ${from} until ${until}`}. After that, they go to others.\n\nBuy here:\n${page}\n\nHow the draw was made, for anybody to check:\n${proof}`,
    }),
    wonBefore: ({ shop, sale, units, isOne, from, until, page, proof }: Won) => ({
      subject: `You had been drawn: ${sale}`,
      text: `You had been drawn for “${sale}” at ${shop}. ${isOne ? "One unit was" : `${units} units were`} kept for you, from ${from} until ${until} at the latest. We are sorry: this mail comes late, and that time has passed or the sale has ended. If you have bought, your order stands. Whether anything can still be bought, the sale's page says:\n${page}\n\nHow the draw was made, for anybody to check:\n${proof}`,
    }),
    notSelected: ({ shop, sale, place, entries, page, proof }: NotSelected) => ({
      subject: `Not selected so far: ${sale}`,
      text: `The draw for “${sale}” at ${shop} has been made. Your entry came to place ${place} of ${entries}, and all units that it could have had were promised to entries before it. If some come back, the line goes on in its order, and the sale's page says so:\n${page}\n\nHow the draw was made, with the place of your entry, for anybody to check:\n${proof}`,
    }),
    ended: ({ shop, sale, page, proof }: Result) => ({
      subject: `Ended before its turns: ${sale}`,
      text: `“${sale}” at ${shop} was ended before anybody's turn came. Nothing was sold to anybody by this draw.\n\nThe sale's page:\n${page}\n\nThe draw's public record:\n${proof}`,
    }),
  },
  go: ({ shop, sale, opens, standing, changes, page }: Go) =>
    mail(
      `Go or no-go? ${sale} opens soon`,
      `\u201c${sale}\u201d at ${shop} opens at ${opens}, and no go stands for it: ${goStandings[standing](changes)}`,
      `Decide here:\n${page}`,
    ),
  confirmed: (order: Order) =>
    mail(
      `Confirmed: ${order.name}`,
      `Your order at ${order.shop} is confirmed. It is yours.`,
      factsOf(order),
      order.isPaid && `Paid: ${order.total}`,
      `What happens next: ${order.nextSteps || nextSteps(order)}`,
      endOf(order),
    ),
  rejected: (order: Order & { readonly reason: string }) =>
    mail(
      `Not confirmed: ${order.name}`,
      `Your order at ${order.shop} could not be confirmed, although it was accepted before. We are sorry. You get none of its units, and you owe nothing for it.`,
      order.isPaid && "What was set aside or taken for it by your way of paying goes back there.",
      `Why: ${order.reason}`,
      factsOf(order),
      endOf(order),
    ),
  failed: (order: Order & { readonly why: string }) =>
    mail(
      `Not paid: ${order.name}`,
      `Your order at ${order.shop} could not be confirmed, although its page had said that it was paid. We are sorry. You get none of its units.`,
      `Why: ${order.why}`,
      "Nothing was taken from you, and you owe nothing. What was reserved by your way of paying is let go; until you see that, your bank may need a few days.",
      factsOf(order),
      endOf(order),
    ),
  failures: {
    capture_refused: "your bank had reserved the money, and then did not hand it over.",
    authorisation_lapsed: "the money was reserved for too long, and your bank has let it go.",
  } satisfies Record<FailureReason, string>,
  returned: (
    order: Order & { readonly takenBack: string; readonly paidBack: string; readonly left: string },
  ) =>
    mail(
      order.left === "0" ? `Cancelled: ${order.name}` : `Changed: ${order.name}`,
      order.left === "0"
        ? `Your order at ${order.shop} was cancelled: the merchant has taken its units back (${order.takenBack}). None of it is yours any more.`
        : `Your order at ${order.shop} was changed: the merchant has taken units back (${order.takenBack}). You still have ${order.left} of ${order.units}.`,
      order.isPaid && `${order.paidBack} is paid back, the way you paid.`,
      "The order as it was made:",
      factsOf(order),
      endOf(order),
    ),
  withdrawn: (
    order: Order & {
      readonly takenBack: string;
      readonly paidBack: string;
      readonly left: string;
      readonly receivedAt: string;
    },
  ) =>
    mail(
      `Withdrawal received: ${order.name}`,
      `We have received your withdrawal from your order at ${order.shop}, and it is carried out. Keep this mail: it is your confirmation.`,
      `Received: ${order.receivedAt}\nWithdrawn from: ${order.takenBack} of ${order.units} (${order.name})\nOrder: ${order.orderId}`,
      order.left === "0"
        ? "None of it is yours any more."
        : `You still have ${order.left} of ${order.units}.`,
      order.isPaid &&
        `${order.paidBack} is paid back, the way you paid. Another mail says when it has gone out.`,
      "The order as it was made:",
      factsOf(order),
      endOf(order),
    ),
  withdrawalRefused: (order: Order & { readonly receivedAt: string; readonly why: string }) =>
    mail(
      `Withdrawal not accepted: ${order.name}`,
      `We have received a withdrawal from your order at ${order.shop} on ${order.receivedAt}. It could not be carried out, and nothing about your order has changed.`,
      `Why: ${order.why}`,
      factsOf(order),
      endOf(order),
    ),
  refunded: (order: Order & { readonly amount: string }) =>
    mail(
      `Paid back: ${order.name}`,
      `${order.amount} of your order at ${order.shop} was paid back, the way you paid. Until you see it your bank may take a few days.`,
      factsOf(order),
      endOf(order),
    ),
  /** `taken`: all of it goes back; null: nothing was taken. */
  paymentUndone: (order: Order & { readonly why: string; readonly taken: string | null }) =>
    mail(
      order.taken === null ? `Nothing taken: ${order.name}` : `Paid back: ${order.name}`,
      `A payment for your order at ${order.shop} was not kept. Why: ${order.why}`,
      order.taken === null
        ? "Nothing was taken from you by it. What was reserved by your way of paying is let go; until you see that, your bank may need a few days."
        : `${order.taken} was taken by it, and is given back in full, the way you paid. Until you see it your bank may take a few days.`,
      "The order as it was made:",
      factsOf(order),
      endOf(order),
    ),
  undoneReasons: {
    too_late: "it arrived when the order had ended, and its units are not yours.",
    second: "the order is paid for by another payment, and that one stands.",
    wrong_amount: "its amount was not what the order asks.",
  } satisfies Record<UndoneReason, string>,
  withdrawalReasons: {
    withdrawal_over: "the time in which you could withdraw was over when it was received.",
    withdrawal_excepted: "the law gives no right to withdraw from what you bought, as the shop said before.",
    too_many_units: "you had withdrawn from these units before, or they had been taken back.",
    not_confirmed: "your order had not been confirmed, so there is nothing to withdraw from.",
  },
  holdEnding: (order: Order & { readonly until: string }) =>
    mail(
      `Pay until ${order.until}: ${order.name}`,
      `Your order at ${order.shop} is held for you until ${order.until}, and is not paid for yet. After that its units go to others.`,
      `Pay here:\n${order.page}`,
      "If you have paid meanwhile, you need do nothing. If you no longer want it, you need do nothing either: you owe nothing for it.",
      factsOf(order),
      `Questions? You reach ${order.shop} here: ${order.contact}`,
    ),
  reasons: {
    over_purchase_limit: "in an earlier order you have as many units as one person may buy.",
    beyond_allocation: "the last unit had gone to somebody before you when your order was counted.",
    stale_epoch:
      "the sale checked its records while your order was on its way, and no unit was left for it then.",
    conflicting_order: "the records hold a different order under this number.",
  } satisfies Record<RejectionReason, string>,
};
