/**
 * Asks again and again, as slowly as each answer demands.
 *
 * Stops while the tab is hidden, asks at once when it is seen again or the network is back.
 */
export type Poll = { askNow: () => void };

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
    if (document.visibilityState === "visible") timer = setTimeout(() => void run(), waitMs);
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
