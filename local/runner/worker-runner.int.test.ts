import { afterEach, expect, test } from "vitest";
import type { FunctionSpec } from "./runner.ts";
import { type WorkerRunner, workerRunner } from "./worker-runner.ts";

const scripted: FunctionSpec = { handler: "local/fixtures/scripted.ts", timeLimitSeconds: 10 };
const impatient: FunctionSpec = { ...scripted, timeLimitSeconds: 1 };
let runner: WorkerRunner;

afterEach(async () => {
  await runner.stop();
  expect(runner.workers()).toEqual([]);
});

type Answer = { readonly pid: number };
const run = (script: unknown, spec = scripted) =>
  runner.invoke(spec, { body: JSON.stringify(script) }) as Promise<Answer & Record<string, unknown>>;
const wait = (waitMs: number, spec = scripted) => run({ do: "wait", waitMs }, spec);
const onlyWorker = () => {
  const [worker, ...others] = runner.workers();
  expect(others).toEqual([]);
  if (!worker) throw new Error("There is no worker.");
  return worker;
};
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a worker serves one request at a time, and is used again", async () => {
  runner = workerRunner({ environment: {} });
  const [first, second] = await Promise.all([wait(50), wait(50)]);
  expect(first.pid).not.toBe(second.pid);
  expect([first.pid, second.pid]).toContain((await wait(0)).pid);
  expect(runner.workers(scripted.handler)).toHaveLength(2);
});

test("beyond the limit, requests wait for a free worker", async () => {
  runner = workerRunner({ environment: {}, workersPerFunction: 2 });
  const answers = await Promise.all(Array.from({ length: 9 }, () => wait(10)));
  expect(new Set(answers.map((answer) => answer.pid)).size).toBe(2);
});

test("the context names the request and counts down", async () => {
  runner = workerRunner({ environment: {} });
  const context = await run({ do: "context" });
  expect(context).toMatchObject({ functionName: "scripted", functionVersion: "$LATEST" });
  expect(context["awsRequestId"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(context["remainingMs"]).toBeGreaterThan(9000);
  expect(context["remainingMs"]).toBeLessThanOrEqual(10_000);
});

test("each request finds its own trace in the variable that Lambda sets", async () => {
  runner = workerRunner({ environment: {}, workersPerFunction: 1 });
  const root = "1-67891233-abcdef012345678912345678";
  const body = JSON.stringify({ do: "environment" });
  const traceOf = async (event: object) =>
    ((await runner.invoke(scripted, event)) as NodeJS.ProcessEnv)["_X_AMZN_TRACE_ID"];
  const form = /^Root=(1-[0-9a-f]{8}-[0-9a-f]{24});Parent=[0-9a-f]{16};Sampled=[01]$/;
  const traced = await traceOf({ body, headers: { "x-amzn-trace-id": `Root=${root}` } });
  expect(form.exec(traced ?? "")?.[1]).toBe(root);
  const others = [await traceOf({ body }), await traceOf({ body })];
  expect(new Set([traced, ...others]).size).toBe(3);
  for (const other of others) expect(other).toMatch(form);
});

test("a worker sees its own variables and none of ours", async () => {
  process.env["OF_THE_TEST"] = "1";
  runner = workerRunner({
    environment: { STAGE: "local" },
    env: (_handler, serial): Record<string, string> => (serial === 0 ? { FAULT: "first" } : {}),
  });
  const first = await run({ do: "environment" });
  expect(first).toMatchObject({ STAGE: "local", FAULT: "first" });
  expect(first).not.toHaveProperty("OF_THE_TEST");
  await onlyWorker().kill();
  expect(await run({ do: "environment" })).not.toHaveProperty("FAULT");
});

test("a handler's error reaches the caller, and its worker goes on", async () => {
  runner = workerRunner({ environment: {} });
  const { pid } = await wait(0);
  await expect(run({ do: "throw" })).rejects.toThrow("failed: scripted failure");
  expect((await wait(0)).pid).toBe(pid);
});

test("a killed worker fails what it was doing and is replaced", async () => {
  runner = workerRunner({ environment: {} });
  const { pid } = await wait(0);
  const inFlight = wait(5000);
  await onlyWorker().kill();
  await expect(inFlight).rejects.toMatchObject({
    name: "FunctionFailed",
    message: expect.stringContaining("SIGKILL"),
  });
  expect((await wait(0)).pid).not.toBe(pid);
});

test("a function that ends its own process fails as a crash", async () => {
  runner = workerRunner({ environment: {} });
  await expect(run({ do: "exit" })).rejects.toThrow("its worker ended (exit code 3)");
  await wait(0);
});

test("a worker that runs out of time is killed", async () => {
  runner = workerRunner({ environment: {} });
  const { pid } = await wait(0);
  await expect(wait(5000, impatient)).rejects.toMatchObject({ name: "FunctionTimedOut" });
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect((await wait(0)).pid).not.toBe(pid);
});

test("a frozen idle worker gets no request until it is thawed", async () => {
  runner = workerRunner({ environment: {} });
  const { pid } = await wait(0);
  const frozen = onlyWorker();
  frozen.freeze();
  const other = await wait(0);
  expect(other.pid).not.toBe(pid);
  frozen.thaw();
  const answers = await Promise.all([wait(20), wait(20)]);
  expect(new Set(answers.map((answer) => answer.pid))).toEqual(new Set([pid, other.pid]));
});

test("one frozen in a request runs on when thawed, past its time limit, and is then ended", async () => {
  runner = workerRunner({ environment: {} });
  const { pid } = await wait(0);
  const worker = onlyWorker();
  const inFlight = wait(200, impatient);
  worker.freeze();
  await expect(inFlight).rejects.toMatchObject({ name: "FunctionTimedOut" });
  expect(isAlive(pid)).toBe(true);
  worker.thaw();
  await worker.gone;
  expect(isAlive(pid)).toBe(false);
});
