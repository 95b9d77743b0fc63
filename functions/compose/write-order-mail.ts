import type { Language } from "../../core/contract/language.ts";
import { linkIn, type Shop } from "../../core/contract/shop.ts";
import { inLanguage } from "../../core/contract/translations.ts";
import type { OrderMail } from "../../core/mail/order-mail.ts";
import type { MailerDependencies } from "../../core/mail/send-order-mails.ts";
import { faceAt } from "../../core/sale/face.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { localePath } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { formatCount, formatMoment, formatPrice } from "../pages/views/format.ts";

/** The words of mails about orders, in the shop's name; what was bought is as it was shown then. */
export const writeOrderMail =
  (shop: Shop, siteUrl: string): MailerDependencies["write"] =>
  (mail, sale, language) => {
    const words = mailsIn(language);
    const order = factsOf(mail, sale, language, shop.timeZone);
    const page = siteUrl + localePath(language, `/order/?id=${mail.orderId}`);
    const facts = { shop: shop.name, ...order, page, ...reachOf(shop, siteUrl, language) };
    const replyTo = shop.contact === "" ? {} : { replyTo: shop.contact };
    return { ...textOf(words, mail, facts, formatsFor(sale, language, shop.timeZone)), ...replyTo };
  };

type Words = ReturnType<typeof mailsIn>;
type Facts = Parameters<Words["confirmed"]>[0];

const formatsFor = ({ priceMinor, currency }: Sale, language: Language, timeZone: string) => ({
  count: (value: number) => formatCount(language, value),
  price: (units: number) => formatPrice(language, priceMinor * units, currency),
  money: (minor: number) => formatPrice(language, minor, currency),
  moneyIn: (minor: number, other: string) => formatPrice(language, minor, other),
  moment: (ms: number) => formatMoment(language, new Date(ms).toISOString(), timeZone),
});
type Formats = ReturnType<typeof formatsFor>;

function textOf(words: Words, mail: OrderMail, facts: Facts, formats: Formats) {
  const { count, money, moment } = formats;
  switch (mail.kind) {
    case "confirmed":
      return words.confirmed(facts);
    case "rejected":
      return words.rejected({ ...facts, reason: words.reasons[mail.reason] });
    case "failed":
      return words.failed({ ...facts, why: words.failures[mail.why] });
    case "returned":
    case "withdrawn":
      return words[mail.kind]({
        ...facts,
        takenBack: count(mail.units),
        paidBack: paidBackOf(mail, formats),
        left: count(mail.unitsLeft),
        receivedAt: mail.kind === "withdrawn" ? moment(mail.receivedAtMs) : "",
      });
    case "hold_ending":
      return words.holdEnding({ ...facts, until: moment(mail.heldUntilMs) });
    case "withdrawal_refused":
      return words.withdrawalRefused({
        ...facts,
        receivedAt: moment(mail.receivedAtMs),
        why: words.withdrawalReasons[mail.why],
      });
    case "payment_undone":
      return words.paymentUndone({
        ...facts,
        why: words.undoneReasons[mail.why],
        taken: mail.takenMinor === 0 ? null : formats.moneyIn(mail.takenMinor, mail.currency),
      });
    case "refunded":
      return words.refunded({ ...facts, amount: money(mail.amountMinor) });
    default:
      return mail satisfies never;
  }
}

/** Mails from before refunds were events say only of how many units: their price. */
const paidBackOf = (
  mail: { readonly units: number; readonly paidBackMinor?: number | undefined },
  { price, money }: Formats,
): string => (mail.paidBackMinor === undefined ? price(mail.units) : money(mail.paidBackMinor));

function factsOf(
  { orderId, quantity, place, reservedAtMs }: OrderMail,
  sale: Sale,
  language: Language,
  timeZone: string,
) {
  const { price, moment } = formatsFor(sale, language, timeZone);
  return {
    name: inLanguage(faceAt(sale, reservedAtMs), language).name,
    units: formatCount(language, quantity),
    price: price(1),
    total: price(quantity),
    isPaid: sale.payment.kind === "held",
    orderId,
    place: formatCount(language, place),
    reservedAt: moment(reservedAtMs),
  };
}

/** What the shop has said of what happens next, and where it is reached; where it has said nothing, its site. */
function reachOf(shop: Shop, siteUrl: string, language: Language) {
  const imprint = shop.imprintUrl === "" ? siteUrl : linkIn(shop.imprintUrl, language);
  return {
    nextSteps: language === "de" ? shop.nextStepsDe : shop.nextStepsEn,
    contact: shop.contact === "" ? imprint : shop.contact,
  };
}
