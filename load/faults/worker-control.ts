import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPoint } from "../../core/fault-point.ts";
import { consumers, httpFunction, schedules } from "../../core/topology.ts";
import type { Worker } from "../../local/runner/worker.ts";
import type { WorkerRunner } from "../../local/runner/worker-runner.ts";
import { wrongClock } from "./wrong-clock.ts";

const handlers = {
  purchase: httpFunction("purchase").handler,
  consumer: consumers.orderConsumer.handler,
  mailer: consumers.orderMailer.handler,
  teller: schedules.drawResults.handler,
  sender: consumers.webhookSender.handler,
  guardian: schedules.guardian.handler,
  opener: httpFunction("openPayment").handler,
  webhook: httpFunction("paymentWebhook").handler,
  payer: consumers.paymentWorker.handler,
  completer: schedules.payments.handler,
} as const;
export type Role = keyof typeof handlers;

type Environment = Readonly<Record<string, string>>;

const LOOK_EVERY_MS = 20;
/** Twice as long as it leaves an order alone. */
const COMPLETER_AHEAD_MS = 120_000;

/** Arms, kills, freezes and thaws workers from outside. */
export function createWorkerControl() {
  const armed = new Map<string, Environment[]>();
  return {
    /** What the next worker of a handler gets. */
    environment: (handler: string): Environment => ({
      // To the completer all that is open is older than what is under way.
      ...(handler === schedules.payments.handler && wrongClock(COMPLETER_AHEAD_MS)),
      ...armed.get(handler)?.shift(),
    }),
    of: (runner: WorkerRunner) => controlOf(runner, armed),
  };
}

function controlOf(runner: WorkerRunner, armed: Map<string, Environment[]>) {
  const of = (role: Role) => runner.workers(handlers[role]);
  const kill = async (role: Role) => void (await Promise.all(of(role).map((worker) => worker.kill())));
  const rearmed = new Set<Role>();
  return {
    of,
    kill,
    /** Workers that are not as any other: once armed, or stopped. From here on nobody is armed. */
    changed(): Worker[] {
      armed.clear();
      const roles = [...rearmed];
      rearmed.clear();
      return [...new Set([...roles.flatMap(of), ...runner.workers().filter(isStopped)])];
    },
    /** Replaces the workers of a role; the first ones started next have these variables, one set each. */
    async rearm(role: Role, environments: readonly Environment[]): Promise<void> {
      rearmed.add(role);
      armed.set(handlers[role], [...environments]);
      await kill(role);
    },
    /** Those that a fault point has stopped. */
    stopped: (role: Role) => of(role).filter(isStopped),
    async untilStopped(role: Role, limitMs: number): Promise<Worker | null> {
      const endsAtMs = performance.now() + limitMs;
      for (;;) {
        const found = of(role).find(isStopped);
        if (found || performance.now() > endsAtMs) return found ?? null;
        await sleep(LOOK_EVERY_MS);
      }
    },
  };
}

/** As many workers as named, each stopping itself at the point after having passed it so often. */
export const atPoint = (
  point: FaultPoint,
  signal: "SIGKILL" | "SIGSTOP",
  passes: readonly number[],
): Environment[] => passes.map((n) => ({ FAULT_POINT: `${point}:${signal}:${n}` }));

/** Whether the kernel holds it stopped, whoever sent the signal. */
function isStopped({ pid }: Worker): boolean {
  try {
    return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
