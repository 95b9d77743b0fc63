import { afterAll, expect, it } from "vitest";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../load/faults/catalogue/catalogue.ts";
import { paymentCatalogue } from "../load/faults/catalogue/payment.ts";
import { nameOf, runsOf } from "../load/faults/fault.ts";
import { startFaultCloud } from "../load/faults/fault-cloud.ts";
import { runPaymentFault } from "../load/faults/payment/run-payment-fault.ts";
import { runFault } from "../load/faults/run-fault.ts";

/** One of each kind, with the purchase limit of its sale; `npm run faults` runs them all. */
const TELLING = ["crash-after-lua-silent", "redis-flushall-limit-3", "recovery-killed-after-marking-limit-3"];
const TIME_LIMIT_MS = 90_000;
const FOLDER = ".local/faults/test";

mkdirSync(FOLDER, { recursive: true });
const cloud = await startFaultCloud(join(FOLDER, "workers.log"));
afterAll(() => cloud.stop());

const runs = catalogue.flatMap(runsOf).filter((run) => TELLING.includes(nameOf(run)));
/** Of payments one: money is refused, and units go back. */
const paidRuns = paymentCatalogue.flatMap(runsOf).filter((run) => nameOf(run) === "capture-refused");

it("has every telling line", () => expect(runs.map(nameOf).toSorted()).toEqual(TELLING.toSorted()));

it.each(runs.map((run) => ({ name: nameOf(run), run })))(
  "loses nothing, doubles nothing and says nothing untrue: $name",
  async ({ run }) => {
    const { violations, lost, doubled, untrueAnswers } = await runFault(cloud, run, FOLDER);
    expect(violations).toEqual([]);
    expect({ lost, doubled, untrueAnswers }).toEqual({ lost: 0, doubled: 0, untrueAnswers: 0 });
  },
  TIME_LIMIT_MS,
);

it.each(paidRuns.map((run) => ({ name: nameOf(run), run })))(
  "loses no unit and no cent, and says nothing untrue: $name",
  async ({ run }) => {
    const { violations, lost, doubled, untrueAnswers, inFlight } = await runPaymentFault(cloud, run, FOLDER);
    expect(violations).toEqual([]);
    expect({ lost, doubled, untrueAnswers }).toEqual({ lost: 0, doubled: 0, untrueAnswers: 0 });
    expect(inFlight).toBeGreaterThan(0);
  },
  TIME_LIMIT_MS,
);
