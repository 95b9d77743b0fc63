import { askedApi } from "./asked-api.ts";
import { type BenchAttempts, attemptsByOutcome } from "./bench-attempts.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { clientCalls, gateRequests, madeReservations } from "./client-calls.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, microseconds } from "./measurement.ts";
import { purchaseEvent } from "./purchase-event.ts";
import { purchaseFunction } from "./purchase-function.ts";

const ROUNDS = 15;
/** In a round, of those that ask a store. */
const ASKING = 150;
const FROM_MEMORY = 1_000;
const GOAL_REFUSED_US = 45;
const GOAL_ACCEPTED_US = 700;
const WHY =
  "five writes to sockets wake five others; of the two calls to AWS node:http takes 300 (0119), the outbox is cleared in a call of its own because the consumer may be behind";

/**
 * Processor time of our own for each attempt, by layer: one after the other, as Lambda has them, warm, every buyer with a
 * token that was never seen before. Function and clients are those of this process, which has neither stores nor gateway; with
 * the gateway they are an API's that has a process of its own. What that takes beyond this one is the gateway's.
 */
export async function benchCpu(cloud: BenchCloud): Promise<Measurement[]> {
  const allocated = ASKING * (ROUNDS + 1) * 3;
  const { handler } = await purchaseFunction();
  const own = await attemptsByOutcome(cloud, allocated);
  const ask = ({ saleId, quantity, status }: BenchAttempts, count: number) =>
    cpuOf(
      Array.from({ length: count }, () => purchaseEvent(saleId, quantity)),
      async (event) => {
        const { statusCode } = await handler(event);
        if (statusCode !== status) throw new Error(`the function answered ${statusCode}, not ${status}`);
      },
    );
  const clients = await clientCalls();
  const { accepted, gate: refused } = own;
  const requests = (of: BenchAttempts) => gateRequests(of.saleId, of.quantity, ASKING);
  const made = () => madeReservations(accepted.saleId, ASKING);
  const api = await askedApi();
  try {
    const others = await attemptsByOutcome(api.cloud, allocated);
    await ask(own.last, 1);
    await api.ask(others.last, 1);
    const [fromMemory, fromMemoryByApi, byGate, asked, byGateByApi, whole, gate, ledger, queue, wholeByApi] =
      await interleave(ROUNDS, [
        // Asked at the gate first, for the others to be answered from memory within the second.
        async () => [(await ask(own.memory, 1), await ask(own.memory, FROM_MEMORY))],
        async () => [(await api.ask(others.memory, 1), await api.ask(others.memory, FROM_MEMORY))],
        async () => [await ask(refused, ASKING)],
        async () => [await cpuOf(requests(refused), clients.refusal)],
        async () => [await api.ask(others.gate, ASKING)],
        async () => [await ask(accepted, ASKING)],
        async () => [await cpuOf(requests(accepted), clients.gate)],
        async () => [await cpuOf(made(), clients.ledger)],
        async () => [await cpuOf(made(), clients.queue)],
        async () => [await api.ask(others.accepted, ASKING)],
      ]);
    return [
      ...memoryRows({ inFunction: fromMemory, byApi: fromMemoryByApi, clients: {} }),
      ...gateRows({ inFunction: byGate, byApi: byGateByApi, clients: { gate: asked } }),
      ...acceptedRows({ inFunction: whole, byApi: wholeByApi, clients: { gate, ledger, queue } }),
    ];
  } finally {
    await api.stop();
  }
}

/** Microseconds for one attempt. */
type Seen = {
  /** With the function's clients. */
  readonly inFunction: number;
  /** With the gateway, too. */
  readonly byApi: number;
  /** The clients' calls, each by itself. */
  readonly clients: Readonly<Record<string, number>>;
};

const memoryRows = (seen: Seen): Measurement[] => [
  microseconds(
    "processor time of a refusal from memory, token never seen, function",
    seen.inFunction,
    {},
    GOAL_REFUSED_US,
  ),
  microseconds("the same with the gateway", seen.byApi, layers(seen)),
];

const gateRows = (seen: Seen): Measurement[] => [
  microseconds(
    "processor time of a refusal by the gate: gateway, function and clients",
    seen.byApi,
    layers(seen),
  ),
];

const acceptedRows = (seen: Seen): Measurement[] => [
  microseconds(
    "processor time of an acceptance: gateway, function and clients",
    seen.byApi,
    layers(seen),
    GOAL_ACCEPTED_US,
    WHY,
  ),
  microseconds("the same without the gateway", seen.inFunction, withoutGateway(seen)),
];

const layers = (seen: Seen) => ({ gateway: seen.byApi - seen.inFunction, ...withoutGateway(seen) });

const withoutGateway = ({ inFunction, clients }: Seen) => ({
  function: Object.values(clients).reduce((left, part) => left - part, inFunction),
  ...clients,
});

/** Microseconds of this process for each call, one after the other; what it is called with was made before. */
async function cpuOf<T>(made: readonly T[], call: (input: T) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (const input of made) await call(input);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / made.length;
}
