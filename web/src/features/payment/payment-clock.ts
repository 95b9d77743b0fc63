import { paymentTexts as texts } from "../../../texts/payment.ts";
import { api } from "../api/api.ts";
import type { SaleId } from "../api/contract.ts";
import { clockText } from "../clock/countdown.ts";
import { createServerClock } from "../clock/server-clock.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";

const SOON_MS = 60_000;
const SECOND_MS = 1_000;
const ASK_AGAIN_MS = 10_000;

export type PaymentClock = {
  show: (saleId: SaleId, expiresAtMs: number) => void;
  /** Nothing is to be paid. */
  stop: () => void;
};

/** Counts down the time to pay by the server's clock, and says so a minute before its end; `onDue` when it is over. */
export function startPaymentClock(root: HTMLElement, onDue: () => void): PaymentClock {
  const clock = createServerClock();
  let timeout: ReturnType<typeof setTimeout> | undefined;
  let lastLeftMs = Infinity;
  let askedAtMs = -Infinity;

  /** The order does not bear the server's time; the status of its sale does. */
  async function askTime(saleId: SaleId): Promise<void> {
    if (performance.now() - askedAtMs < ASK_AGAIN_MS) return;
    askedAtMs = performance.now();
    const reply = await api.saleStatus(saleId);
    if (reply.kind === "ok") clock.hear({ ...reply, serverMs: Date.parse(reply.value.serverTime) });
  }

  function tick(saleId: SaleId, expiresAtMs: number): void {
    clearTimeout(timeout);
    const nowMs = clock.nowMs();
    if (nowMs === null) void askTime(saleId);
    const leftMs = nowMs === null ? null : expiresAtMs - nowMs;
    const text = leftMs === null || leftMs <= 0 ? null : clockText(leftMs);
    setShown(part(root, "pay-clock"), text !== null);
    setText(part(root, "pay-left"), text ?? "");
    const isSoon = leftMs !== null && leftMs > 0 && leftMs <= SOON_MS;
    setShown(part(root, "pay-soon"), isSoon);
    const beforeMs = lastLeftMs;
    lastLeftMs = leftMs ?? Infinity;
    if (isSoon && beforeMs > SOON_MS && beforeMs < Infinity) announce(texts.soon);
    if (leftMs === null || leftMs > 0) timeout = setTimeout(() => tick(saleId, expiresAtMs), SECOND_MS);
    else if (beforeMs > 0) onDue();
  }

  return {
    show(saleId, expiresAtMs) {
      tick(saleId, expiresAtMs);
    },
    stop() {
      clearTimeout(timeout);
      lastLeftMs = Infinity;
    },
  };
}
