import type { Shop } from "../../core/contract/shop.ts";
import { inLanguage } from "../../core/contract/translations.ts";
import type { TellDependencies } from "../../core/line/tell-results.ts";
import { salePath } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { formatCount, formatMoment } from "../pages/views/format.ts";

/** The words of mails about draws, in the shop's name. */
export const writeResultMail =
  (shop: Shop, siteUrl: string): TellDependencies["resultMail"] =>
  (language, sale, result) => {
    const mails = mailsIn(language).result;
    const page = siteUrl + salePath(language, sale.saleId);
    const facts = { shop: shop.name, sale: inLanguage(sale, language).name, page, proof: `${page}/proof` };
    const moment = (ms: number) => formatMoment(language, new Date(ms).toISOString(), shop.timeZone);
    switch (result.kind) {
      case "won":
      case "won_before": {
        const { quantity, fromMs } = result;
        const units = formatCount(language, quantity);
        const won = { ...facts, units, isOne: quantity === 1, from: moment(fromMs) };
        if (result.kind === "won_before") return mails.wonBefore({ ...won, until: moment(result.untilMs) });
        return mails.won({ ...won, until: result.untilMs === null ? null : moment(result.untilMs) });
      }
      case "not_selected": {
        const [place, entries] = [result.place, result.entries].map((count) => formatCount(language, count));
        return mails.notSelected({ ...facts, place: place!, entries: entries! });
      }
      case "ended":
        return mails.ended(facts);
      default:
        return result satisfies never;
    }
  };
