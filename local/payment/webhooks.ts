import { createHmac, randomBytes } from "node:crypto";

/** How the messages misbehave. */
export type WebhookSwitches = {
  /** Each comes twice. */
  readonly isDouble?: boolean;
  /** None comes. */
  readonly isLost?: boolean;
  /** Each comes so much later. */
  readonly delayMs?: number;
  /** Each comes after a time of its own, up to this. */
  readonly disorderMs?: number;
};

const TRIES = 3;
const AGAIN_MS = 300;

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Sends signed events as Stripe does: at least once, in no order, again if they are not taken. */
export function createWebhooks(secret: string, targetUrl: () => string | null) {
  let switches: WebhookSwitches = {};
  const waiting = new Set<NodeJS.Timeout>();
  let isStopped = false;

  function later(ms: number, run: () => void): void {
    if (isStopped) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, ms);
    waiting.add(timer);
  }

  async function deliver(body: string, triesLeft: number): Promise<void> {
    const url = targetUrl();
    if (!url || isStopped) return;
    const taken = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "stripe-signature": signatureOf(body, secret) },
      body,
      signal: AbortSignal.timeout(10_000),
    }).then(
      (response) => response.ok,
      () => false,
    );
    if (!taken && triesLeft > 1) later(AGAIN_MS, () => void deliver(body, triesLeft - 1));
  }

  return {
    later,
    set: (next: WebhookSwitches) => void (switches = next),

    send(type: string, object: unknown): void {
      if (switches.isLost) return;
      const id = `evt_test_${randomBytes(12).toString("hex")}`;
      const created = Math.floor(Date.now() / 1000);
      const body = JSON.stringify({ id, object: "event", type, created, livemode: false, data: { object } });
      for (let copy = 0; copy < (switches.isDouble ? 2 : 1); copy++) {
        const delayMs = (switches.delayMs ?? 0) + Math.random() * (switches.disorderMs ?? 0);
        later(delayMs, () => void deliver(body, TRIES));
      }
    },

    stop(): void {
      isStopped = true;
      for (const timer of waiting) clearTimeout(timer);
    },
  };
}

/** https://docs.stripe.com/webhooks#verify-manually */
export function signatureOf(body: string, secret: string, atMs = Date.now()): string {
  const seconds = Math.floor(atMs / 1000);
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}
