/**
 * Asks again and again, as slowly as each answer demands.
 *
 * Stops while the tab is hidden, asks at once when it is seen again or the network is back. Every wait is spread by a
 * tenth, so that pages which opened together do not ask together.
 */
export type Poll = { askNow: () => void };

const SPREAD = 0.1;
/** Even a slow sale is asked about this often, which also keeps the countdown in step with the server. */
const LONGEST_MS = 60_000;

export function startPoll(ask: () => Promise<number>): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    if (isAsking) return;
    isAsking = true;
    const waitMs = Math.min(await ask(), LONGEST_MS);
    isAsking = false;
    if (document.visibilityState === "visible")
      timer = setTimeout(() => void run(), waitMs * (1 + SPREAD * Math.random()));
  }

  const askNow = () => void run();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") askNow();
    else clearTimeout(timer);
  });
  window.addEventListener("online", askNow);
  askNow();
  return { askNow };
}

const FIRST_RETRY_MS = 1_500;
const LAST_RETRY_MS = 15_000;
/** The wait after the nth failure in a row. */
export const backoffMs = (failures: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), LAST_RETRY_MS);
