/** How long a challenge is good: the page that asked waits that long for the code. */
export const CODE_SECONDS = 10 * 60;

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 30 * 60_000;
/** A code outlives the longest pause by a challenge's life: whoever asks while no mail may go out finds one to use. */
const CODE_LIFE_MS = LONGEST_PAUSE_MS + CODE_SECONDS * 1000;
/** Without a mail for so long, the pauses begin anew. */
export const FORGET_MS = 6 * 60 * 60_000;
/** Codes of one mailbox that are good at the same time, at most: what the pauses let out within a code's life. */
export const MOST_LIVE_CODES = 7;

type Code = { readonly hash: string; readonly expiresAtMs: number };

/** What was sent to one address and is not used yet. */
export type Mailbox = {
  readonly codes: readonly Code[];
  /** Mails since a code was used, or since it was quiet for long. */
  readonly mails: number;
  readonly lastMailAtMs: number;
  readonly nextMailAtMs: number;
  /** Raised by each change. */
  readonly version: number;
};

export const emptyMailbox: Mailbox = { codes: [], mails: 0, lastMailAtMs: 0, nextMailAtMs: 0, version: 0 };

/** Whether a mail may go out; if not, one went out so lately that its code is good for a challenge's life yet. */
export const mayMail = (mailbox: Mailbox, nowMs: number): boolean => nowMs >= mailbox.nextMailAtMs;

const pauseMs = (mails: number) => Math.min(FIRST_PAUSE_MS * 2 ** (mails - 1), LONGEST_PAUSE_MS);
const liveCodes = ({ codes }: Mailbox, nowMs: number) => codes.filter((code) => code.expiresAtMs > nowMs);

/** With one more code, which is about to be mailed. Each pause is twice the one before, up to half an hour. */
export function withCode(mailbox: Mailbox, hash: string, nowMs: number): Mailbox {
  const isForgotten = nowMs - mailbox.lastMailAtMs > FORGET_MS;
  const mails = (isForgotten ? 0 : mailbox.mails) + 1;
  return {
    // More than that come only of mails that failed, and the newest are the ones that are read.
    codes: [...liveCodes(mailbox, nowMs), { hash, expiresAtMs: nowMs + CODE_LIFE_MS }].slice(
      -MOST_LIVE_CODES,
    ),
    mails,
    lastMailAtMs: nowMs,
    nextMailAtMs: nowMs + pauseMs(mails),
    version: mailbox.version + 1,
  };
}

export const isLive = (mailbox: Mailbox, hash: string, nowMs: number): boolean =>
  liveCodes(mailbox, nowMs).some((code) => code.hash === hash);

/** After a code was used: its owner is there, so no other code is good any more, and the pauses begin anew. */
export const afterUse = ({ version }: Mailbox): Mailbox => ({ ...emptyMailbox, version: version + 1 });

/** After a mail may not have gone out: the next one need not wait. */
export const afterFailure = (mailbox: Mailbox, nowMs: number): Mailbox => ({
  ...mailbox,
  nextMailAtMs: nowMs,
  version: mailbox.version + 1,
});
