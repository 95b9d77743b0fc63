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

/** The first wait, doubled each time: the last one is over two minutes. Stripe goes on so for three days. */
const AGAIN_MS = 300;
const TRIES = 10;
const MOST_KEPT = 50_000;

/** One arrival of a message. */
export type Delivery = {
  readonly eventId: string;
  readonly type: string;
  /** What its object is said to be for; null: nothing. */
  readonly orderId: string | null;
  /** Among all messages, the how manieth was made. */
  readonly made: number;
  readonly madeAtMs: number;
  readonly arrivedAtMs: number;
  /** 0: there was no answer. */
  readonly status: number;
};

type Message = Omit<Delivery, "arrivedAtMs" | "status"> & { readonly body: string };

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Sends signed events as Stripe does: at least once, in no order, again if they are not taken. */
export function createWebhooks(secret: string, targetUrl: () => string | null) {
  let switches: WebhookSwitches = {};
  const waiting = new Set<NodeJS.Timeout>();
  /** The latest of them, as they were sent. */
  const sent: Message[] = [];
  const deliveries: Delivery[] = [];
  let made = 0;
  let isStopped = false;

  function later(ms: number, run: () => void): void {
    if (isStopped) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, ms);
    waiting.add(timer);
  }

  /** @returns the answer's status; 0: there was none. */
  async function post({ body, ...message }: Message, signedAtMs?: number): Promise<number> {
    const url = targetUrl();
    if (!url || isStopped) return 0;
    const signature = signatureOf(body, secret, signedAtMs);
    const arrivedAtMs = Date.now();
    const status = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "stripe-signature": signature },
      body,
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    deliveries.push({ ...message, arrivedAtMs, status });
    if (deliveries.length > MOST_KEPT) deliveries.shift();
    return status;
  }

  async function deliver(message: Message, tries = 1): Promise<void> {
    const status = await post(message);
    const isTaken = status >= 200 && status < 300;
    if (!isTaken && tries < TRIES) later(AGAIN_MS * 2 ** (tries - 1), () => void deliver(message, tries + 1));
  }

  return {
    later,
    set: (next: WebhookSwitches) => void (switches = next),

    /** What was lost too, the last first; one after another. */
    sendAgain: async (about: string, signedAtMs: number): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (const message of sent.toReversed())
        if (message.body.includes(about)) statuses.push(await post(message, signedAtMs));
      return statuses;
    },

    send(type: string, object: unknown): void {
      const id = `evt_test_${randomBytes(12).toString("hex")}`;
      const created = Math.floor(Date.now() / 1000);
      const body = JSON.stringify({ id, object: "event", type, created, livemode: false, data: { object } });
      const orderId = orderOf(object);
      const message = { eventId: id, type, orderId, made: ++made, madeAtMs: Date.now(), body };
      sent.push(message);
      if (sent.length > MOST_KEPT) sent.shift();
      if (switches.isLost) return;
      for (let copy = 0; copy < (switches.isDouble ? 2 : 1); copy++) {
        const delayMs = (switches.delayMs ?? 0) + Math.random() * (switches.disorderMs ?? 0);
        later(delayMs, () => void deliver(message));
      }
    },

    /** The latest of them, as they came. */
    deliveries: (): readonly Delivery[] => deliveries,

    stop(): void {
      isStopped = true;
      for (const timer of waiting) clearTimeout(timer);
    },
  };
}

function orderOf(object: unknown): string | null {
  const { metadata } = object as { readonly metadata?: Readonly<Record<string, string>> };
  return metadata?.["order_id"] ?? null;
}

/** https://docs.stripe.com/webhooks#verify-manually */
export function signatureOf(body: string, secret: string, atMs = Date.now()): string {
  const seconds = Math.floor(atMs / 1000);
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}
