import type { Keep } from "../page/browser-keep.ts";

/** A code that was asked for in this tab and is not used yet. */
export type KeptChallenge = {
  readonly challenge: string;
  readonly email: string;
  readonly expiresAtMs: number;
};

const NAME = "flash-sale.challenge";

/**
 * Keeps the one challenge of a tab while its code is fetched from the mailbox: a phone may drop the tab meanwhile. The code
 * itself is not kept, and without it the challenge opens nothing.
 */
export function createChallengeStore(keep: Omit<Keep, typeof Symbol.iterator>, nowMs: () => number) {
  const forget = () => keep.removeItem(NAME);

  function load(): KeptChallenge | null {
    const kept = parse(keep.getItem(NAME));
    if (kept && kept.expiresAtMs > nowMs()) return kept;
    forget();
    return null;
  }

  return {
    load,
    forget,
    save: ({ expiresInSeconds, ...sent }: { challenge: string; email: string; expiresInSeconds: number }) =>
      keep.setItem(NAME, JSON.stringify({ ...sent, expiresAtMs: nowMs() + expiresInSeconds * 1000 })),
  };
}

function parse(text: string | null): KeptChallenge | null {
  try {
    const { challenge, email, expiresAtMs } = JSON.parse(text ?? "{}") as Partial<KeptChallenge>;
    return typeof challenge === "string" && typeof email === "string" && typeof expiresAtMs === "number"
      ? { challenge, email, expiresAtMs }
      : null;
  } catch {
    return null;
  }
}
