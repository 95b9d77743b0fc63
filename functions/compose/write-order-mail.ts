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
  moment: (ms: number) => formatMoment(language, new Date(ms).toISOString(), timeZone),
});
type Formats = ReturnType<typeof formatsFor>;

function textOf(words: Words, mail: OrderMail, facts: Facts, { count, price, moment }: Formats) {
  switch (mail.kind) {
    case "confirmed":
      return words.confirmed(facts);
    case "rejected":
      return words.rejected({ ...facts, reason: words.reasons[mail.reason] });
    case "returned":
      return words.returned({
        ...facts,
        takenBack: count(mail.units),
        paidBack: price(mail.units),
        left: count(mail.unitsLeft),
      });
    case "hold_ending":
      return words.holdEnding({ ...facts, until: moment(mail.heldUntilMs) });
    default:
      return mail satisfies never;
  }
}

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
