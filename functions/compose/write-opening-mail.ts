import type { Shop } from "../../core/contract/shop.ts";
import { inLanguage } from "../../core/contract/translations.ts";
import type { OpeningDependencies } from "../../core/notices/tell-openings.ts";
import { plainPath, salePath } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { formatMoment } from "../pages/views/format.ts";

/** The words of the mail that says that a sale opens soon, in the shop's name, with a link that stops such mails. */
export const writeOpeningMail =
  (shop: Shop, siteUrl: string): OpeningDependencies["openingMail"] =>
  (language, sale, { opensAtMs, unsubscribe }) => {
    const moment = (ms: number) => formatMoment(language, new Date(ms).toISOString(), shop.timeZone);
    const { mode } = sale;
    const words = mailsIn(language).opening({
      shop: shop.name,
      sale: inLanguage(sale, language).name,
      page: siteUrl + salePath(language, sale.saleId),
      opens: moment(opensAtMs),
      joinBefore: mode.kind === "open" ? null : moment(Date.parse(mode.closesAt)),
      stop: siteUrl + plainPath(language, `/unsubscribe/${unsubscribe}`),
    });
    return { ...words, unsubscribeUrl: `${siteUrl}/api/unsubscribe/${unsubscribe}` };
  };
