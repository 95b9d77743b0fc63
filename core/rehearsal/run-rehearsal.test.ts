import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Rehearsal, RehearsalFault, RehearsalStep } from "../contract/rehearsal.ts";
import type { BuyerId, RehearsalId, SaleId } from "../ids.ts";
import { runRehearsal } from "./run-rehearsal.http.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Answered = { readonly status: number; readonly body: unknown };

/** A site that answers purchases, and steps as it is told. */
async function siteOf(
  rehearsal: Partial<Rehearsal>,
  answerTo: (step: RehearsalStep, before: number) => Answered,
) {
  const steps: RehearsalStep[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isPurchase = request.url === "/api/sale/purchase";
      const step = isPurchase ? null : (JSON.parse(String(Buffer.concat(chunks))) as RehearsalStep);
      const before = steps.filter((one) => one.step === step?.step).length;
      const { status, body } = step
        ? answerTo(step, before)
        : { status: 202, body: { outcome: "accepted", orderId: "ord_1", state: "accepted" } };
      if (step) steps.push(step);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(status < 300 && step ? { ...rehearsal, ...(body as object) } : body));
    });
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  closing.push(() => server.close().closeAllConnections());
  return { siteUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, steps };
}

const aRehearsal = (fault: RehearsalFault): Partial<Rehearsal> => ({
  saleId: "s" as SaleId,
  buyers: 4,
  units: 4,
  mode: "open",
  fault,
});
const done = { verdict: {}, state: "done" };
const run = (siteUrl: string) =>
  runRehearsal(
    { siteUrl, token: "t", newPerson: () => ({ buyerId: "byr_1" as BuyerId, token: "t" }) },
    "reh_1" as RehearsalId,
  );

test("a pause whose answer is lost is taken back, however often that is refused for now, and why is judged", async () => {
  const site = await siteOf(aRehearsal("pause"), ({ step }, before) => {
    const isOut = step === "break" || (step === "mend" && before === 0);
    return isOut ? { status: 503, body: { kind: "unavailable" } } : { status: 200, body: done };
  });
  expect(await run(site.siteUrl)).toBe(true);
  expect(site.steps.map(({ step }) => step)).toEqual(["begin", "break", "mend", "mend", "judge", "purge"]);
  expect(site.steps[4]).toMatchObject({
    faultFailed: expect.stringContaining("answered 503"),
    notJudged: null,
  });
}, 20_000);

test("a rehearsal that may not begin any more is not judged, and cleared away", async () => {
  const site = await siteOf(aRehearsal("none"), ({ step }) =>
    step === "begin" ? { status: 409, body: { kind: "conflict" } } : { status: 200, body: done },
  );
  expect(await run(site.siteUrl)).toBe(true);
  expect(site.steps.map(({ step }) => step)).toEqual(["begin", "judge", "purge"]);
});
