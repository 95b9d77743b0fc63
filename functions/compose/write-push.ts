import { inLanguage } from "../../core/contract/translations.ts";
import type { PushDependencies } from "../../core/push/send-push.ts";
import { orderPath, salePath } from "../../web/texts/locale.ts";
import { noticesIn } from "../../web/texts/notices.ts";

/** The words of what a browser shows, and the page that it opens. */
export const writePush: PushDependencies["write"] = (notice, sale, language) => {
  const { kind, saleId } = notice;
  const words = noticesIn(language);
  const said = kind === "turn" && notice.isReturn ? words.unit_back : words[kind];
  const link = "orderId" in notice ? orderPath(language, notice.orderId) : salePath(language, saleId);
  return { kind, saleId, title: inLanguage(sale, language).name, body: said, link, lang: language };
};
