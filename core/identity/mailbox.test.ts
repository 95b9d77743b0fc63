import { expect, test } from "vitest";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import {
  afterFailure,
  afterUse,
  CODE_SECONDS,
  emptyMailbox,
  isLive,
  MOST_LIVE_CODES,
  type Mailbox,
  mayMail,
  withCode,
} from "./mailbox.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A flood that asks each second, for so long; answers when mails went out and the most codes that were good at once. */
function flooded(forMs: number, each: (mailbox: Mailbox, nowMs: number) => void = () => {}) {
  let mailbox = emptyMailbox;
  let most = 0;
  const sentAtMs: number[] = [];
  for (let nowMs = NOW_MS; nowMs < NOW_MS + forMs; nowMs += SECOND) {
    if (mayMail(mailbox, nowMs)) {
      mailbox = withCode(mailbox, String(nowMs), nowMs);
      sentAtMs.push(nowMs);
    }
    most = Math.max(most, sentAtMs.filter((at) => isLive(mailbox, String(at), nowMs)).length);
    each(mailbox, nowMs);
  }
  return { sentAtMs, most };
}

test("the pauses grow: after the first mail half a minute, then twice as long each time, up to half an hour", () => {
  const { sentAtMs } = flooded(2 * 60 * MINUTE);
  const pauses = sentAtMs.slice(1).map((at, n) => (at - sentAtMs[n]!) / MINUTE);
  expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
});

test("a day's flood is 53 mails, and at most seven codes are good at once", () => {
  const { sentAtMs, most } = flooded(DAY);
  expect(sentAtMs).toHaveLength(53);
  expect(most).toBe(MOST_LIVE_CODES);
});

test("at every moment of it there is a code that is good for as long as a challenge is", () => {
  const gaps: number[] = [];
  flooded(DAY, (mailbox, nowMs) => {
    const newest = String(mailbox.lastMailAtMs);
    if (!isLive(mailbox, newest, nowMs + CODE_SECONDS * SECOND - 1)) gaps.push(nowMs);
  });
  expect(gaps).toEqual([]);
});

test("once a code is used none is good, and the next mail need not wait", () => {
  const mailbox = afterUse(withCode(withCode(emptyMailbox, "a", NOW_MS), "b", NOW_MS + MINUTE));
  expect([isLive(mailbox, "a", NOW_MS), isLive(mailbox, "b", NOW_MS)]).toEqual([false, false]);
  expect(mayMail(mailbox, NOW_MS)).toBe(true);
});

test("after six quiet hours the pauses begin anew, and no sooner", () => {
  let mailbox = emptyMailbox;
  for (let n = 0; n < 5; n++) mailbox = withCode(mailbox, String(n), NOW_MS);
  const pauseAfter = (hours: number) => {
    const at = NOW_MS + hours * 60 * MINUTE;
    return (withCode(mailbox, "x", at).nextMailAtMs - at) / MINUTE;
  };
  expect([pauseAfter(5.9), pauseAfter(6.1)]).toEqual([16, 0.5]);
});

test("a mail that may not have gone out may be sent again at once; its code is good, and the pauses go on growing", () => {
  const mailbox = afterFailure(withCode(emptyMailbox, "a", NOW_MS), NOW_MS);
  expect([mayMail(mailbox, NOW_MS), isLive(mailbox, "a", NOW_MS)]).toEqual([true, true]);
  expect(withCode(mailbox, "b", NOW_MS).nextMailAtMs - NOW_MS).toBe(MINUTE);
});
