import { faces as german } from "./de/faces.ts";
import { pages as germanPages } from "./de/pages.ts";
import { faces as english } from "./en/faces.ts";
import { pages as englishPages } from "./en/pages.ts";
import { guests as germanGuests } from "./de/guests.ts";
import { guests as englishGuests } from "./en/guests.ts";
import { passkeys as germanPasskeys } from "./de/passkeys.ts";
import { passkeys as englishPasskeys } from "./en/passkeys.ts";
import { payment as germanPayment } from "./de/payment.ts";
import { payment as englishPayment } from "./en/payment.ts";
import { push as germanPush } from "./de/push.ts";
import { push as englishPush } from "./en/push.ts";
import { withdrawal as germanWithdrawal } from "./de/withdrawal.ts";
import { withdrawal as englishWithdrawal } from "./en/withdrawal.ts";
import { type Locale, localeOfPath } from "./locale.ts";

/** What a page in this language is made with. */
export const wordsIn = (locale: Locale) =>
  locale === "de"
    ? {
        locale,
        pages: germanPages,
        faces: german,
        payment: germanPayment,
        withdrawal: germanWithdrawal,
        guests: germanGuests,
        passkeys: germanPasskeys,
        push: germanPush,
      }
    : {
        locale,
        pages: englishPages,
        faces: english,
        payment: englishPayment,
        withdrawal: englishWithdrawal,
        guests: englishGuests,
        passkeys: englishPasskeys,
        push: englishPush,
      };
export type Words = ReturnType<typeof wordsIn>;

/** What a page of this address is made with. */
export const wordsOf = (path: string): Words => wordsIn(localeOfPath(path));
