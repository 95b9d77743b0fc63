import type { Shop } from "../../core/contract/shop.ts";
import { inLanguage } from "../../core/contract/translations.ts";
import type { TurnTellDependencies } from "../../core/line/tell-turns.ts";
import { salePath } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { formatMoment } from "../pages/views/format.ts";

/** The words of the mail that says that it is somebody's turn, in the shop's name. */
export const writeTurnMail =
  (shop: Shop, siteUrl: string): TurnTellDependencies["turnMail"] =>
  (language, sale, { fromMs, untilMs, isKept }) => {
    const moment = (ms: number) => formatMoment(language, new Date(ms).toISOString(), shop.timeZone);
    return mailsIn(language).turn({
      shop: shop.name,
      sale: inLanguage(sale, language).name,
      page: siteUrl + salePath(language, sale.saleId),
      from: moment(fromMs),
      until: moment(untilMs),
      isKept,
    });
  };
