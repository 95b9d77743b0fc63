import type { Clock } from "../../core/clock.ts";
import { createFresh } from "../../core/watch/fresh.ts";
import type { Locale } from "../../web/texts/locale.ts";
import type { PlainWords } from "../../web/texts/plain.ts";
import type { Answer } from "../answer/answer.ts";
import { page } from "./page.ts";

/**
 * Pages that are the same for everybody: this instance reads what each shows at most once a second, however many ask and in
 * whichever language, and writes it once in each. Nothing of whoever asks may be on them.
 */
export function createKeptPages<Key, Shown extends object>(
  read: (key: Key) => Promise<Shown>,
  write: (words: PlainWords, shown: Shown, key: Key) => string,
  clock: Clock,
) {
  const fresh = createFresh(read, clock);
  const written = new WeakMap<Shown, Map<Locale, Answer>>();

  /** @throws what `read` throws. */
  return async (words: PlainWords, key: Key): Promise<Answer> => {
    const shown = await fresh(key);
    const inLanguages = written.get(shown) ?? new Map<Locale, Answer>();
    written.set(shown, inLanguages);
    const known = inLanguages.get(words.locale);
    if (known) return known;
    const answer = page(write(words, shown, key));
    inLanguages.set(words.locale, answer);
    return answer;
  };
}
