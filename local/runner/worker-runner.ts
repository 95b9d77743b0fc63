import { FunctionFailed, type FunctionSpec, FunctionTimedOut, type Runner } from "./runner.ts";
import { Worker } from "./worker.ts";

const DEFAULT_WORKERS_PER_FUNCTION = 8;

export type WorkerRunnerOptions = {
  readonly environment: Readonly<Record<string, string>>;
  /** Requests beyond it wait for a free worker. Frozen workers do not count. */
  readonly workersPerFunction?: number;
  /** More variables for one worker, such as a fault point: `serial` counts the workers of that handler from 0. */
  readonly env?: (handler: string, serial: number) => Readonly<Record<string, string>>;
  /** The module to load for a handler, such as its deployed bundle; absent: the handler itself. */
  readonly moduleOf?: (handler: string) => string;
  /** File descriptor of what the workers write; absent: where this process writes. */
  readonly output?: number;
};

export type WorkerRunner = Runner & {
  /** The living workers, of one handler or of all. */
  workers(handler?: string): readonly Worker[];
};

type Pool = { workers: Worker[]; started: number; readonly waiting: (() => void)[] };

/**
 * Runs each function in worker processes, one request at a time each, as Lambda does.
 *
 * A worker that runs out of time is killed, one that dies is replaced by a fresh one when next needed. A frozen worker gets no
 * request; one frozen within a request runs on when thawed, even past its time limit, and is then ended.
 */
export function workerRunner(options: WorkerRunnerOptions): WorkerRunner {
  const { environment, workersPerFunction = DEFAULT_WORKERS_PER_FUNCTION, env = () => ({}) } = options;
  const { moduleOf = (handler: string) => handler } = options;
  const pools = new Map<string, Pool>();

  function poolOf(handler: string): Pool {
    let pool = pools.get(handler);
    if (!pool) pools.set(handler, (pool = { workers: [], started: 0, waiting: [] }));
    return pool;
  }

  function startWorker(handler: string, pool: Pool): Worker {
    const worker = new Worker(
      moduleOf(handler),
      { ...environment, ...env(handler, pool.started++) },
      options.output,
    );
    worker.onFree = () => pool.waiting.shift()?.();
    pool.workers.push(worker);
    void worker.gone.then(() => {
      pool.workers = pool.workers.filter((other) => other !== worker);
      pool.waiting.shift()?.();
    });
    return worker;
  }

  /** A free worker, claimed; waits for one if there may be no more. */
  async function acquire(handler: string): Promise<Worker> {
    const pool = poolOf(handler);
    for (;;) {
      const usable = pool.workers.filter((worker) => !worker.isFrozen && !worker.isRetiring);
      const idle = usable.find((worker) => !worker.isBusy);
      if (idle) return idle.claim();
      if (usable.length < workersPerFunction) return startWorker(handler, pool).claim();
      await new Promise<void>((resolve) => pool.waiting.push(resolve));
    }
  }

  async function invoke(spec: FunctionSpec, event: unknown): Promise<unknown> {
    const timeLimitMs = spec.timeLimitSeconds * 1000;
    const worker = await acquire(spec.handler);
    const running = worker.run({ event, timeLimitMs });
    let timer: NodeJS.Timeout | undefined;
    // As on Lambda, loading does not count against the time limit of the request that has to wait for it.
    let isOver = false;
    const timedOut = worker.loaded.then(
      () =>
        new Promise<never>((_resolve, reject) => {
          if (!isOver) timer = setTimeout(() => reject(new FunctionTimedOut(spec)), timeLimitMs);
        }),
    );
    try {
      return await Promise.race([running, timedOut]);
    } catch (error) {
      if (!(error instanceof FunctionTimedOut)) throw new FunctionFailed(spec, error);
      running.catch(() => {}); // nobody waits for it any more
      worker.retire();
      throw error;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  const workers = (handler?: string) =>
    handler ? [...poolOf(handler).workers] : [...pools.values()].flatMap((pool) => pool.workers);

  async function stop(): Promise<void> {
    await Promise.all(workers().map((worker) => worker.kill()));
  }

  return { invoke, workers, stop };
}
