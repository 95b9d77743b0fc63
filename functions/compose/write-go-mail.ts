import type { Shop } from "../../core/contract/shop.ts";
import type { TellStaffDependencies } from "../../core/people/tell-staff.ts";
import { localePath, locales } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { formatMoment } from "../pages/views/format.ts";

/** The words that ask the staff for a go, in each language: who works here may read either. */
export const writeGoMail =
  (shop: Shop, siteUrl: string): TellStaffDependencies["goMail"] =>
  ({ saleId, name, startsAtMs, standing, changes }) => {
    const mails = locales.map((locale) =>
      mailsIn(locale).go({
        shop: shop.name,
        sale: name,
        opens: formatMoment(locale, new Date(startsAtMs).toISOString()),
        standing,
        changes: changes.join(", "),
        page: siteUrl + localePath(locale, `/admin/sale/?id=${encodeURIComponent(saleId)}`),
      }),
    );
    return {
      subject: mails[0]?.subject ?? "",
      text: mails.map(({ text }) => text).join("\n\n\u2014\n\n"),
    };
  };
