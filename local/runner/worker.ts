import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spawnTied } from "../spawn-tied.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-host.ts";

const hook = new URL("../lua-hook.mjs", import.meta.url).href;
const host = fileURLToPath(new URL("./worker-host.ts", import.meta.url));

/** One instance of a function in a process of its own, serving one request at a time. */
export class Worker {
  readonly handler: string;
  readonly #child: ChildProcess;
  #pending: PromiseWithResolvers<unknown> | undefined;
  #isFrozen = false;
  #isRetiring = false;
  /** Called when it could take another request. */
  onFree: () => void = () => {};
  /** Resolves when its handler is loaded, or never will be. */
  readonly loaded: Promise<void>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly gone: Promise<void>;

  /** @param output file descriptor of what it writes; absent: where this process writes. */
  constructor(handler: string, environment: Readonly<Record<string, string>>, output?: number) {
    this.handler = handler;
    this.#child = spawnTied(process.execPath, ["--import", hook, host, handler], {
      // SIGKILL, because a frozen worker hears nothing else.
      deathSignal: "SIGKILL",
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", output ?? "inherit", output ?? "inherit", "ipc"],
    });
    this.loaded = new Promise((resolve) => {
      this.#child.once("message", () => resolve());
      this.#child.once("close", () => resolve());
    });
    this.#child.on("message", (answer) => {
      if (answer !== "loaded") this.#settle(answer as WorkerAnswer);
    });
    this.#child.on("error", () => {});
    this.gone = new Promise((resolve) => {
      this.#child.once("close", (code, signal) => {
        const how = signal ? `signal ${signal}` : `exit code ${code}`;
        this.#pending?.reject(new Error(`its worker ended (${how})`));
        resolve();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Stopped by `freeze`. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  get isRetiring(): boolean {
    return this.#isRetiring;
  }

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** Takes it for one request, at once, so that no other request gets it. */
  claim(): this {
    this.#pending = Promise.withResolvers();
    return this;
  }

  /** Runs the request that it was claimed for; rejects if the handler throws or the process dies. */
  async run(request: WorkerRequest): Promise<unknown> {
    this.#child.send(request, () => {});
    try {
      return await this.#pending?.promise;
    } finally {
      this.#pending = undefined;
      this.onFree();
    }
  }

  kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    return this.gone;
  }

  /** Stops its clock, as Lambda does between invocations and a starved machine does within one. */
  freeze(): void {
    this.#isFrozen = true;
    this.#child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#isFrozen = false;
    this.#child.kill("SIGCONT");
    if (!this.isBusy) this.onFree();
  }

  /** Ends it now; if frozen, only after it was thawed and has finished what it was doing, as a late ghost. */
  retire(): void {
    this.#isRetiring = true;
    if (!this.#isFrozen) void this.kill();
  }

  #settle(answer: WorkerAnswer): void {
    if ("failure" in answer) this.#pending?.reject(Object.assign(new Error(), answer.failure));
    else this.#pending?.resolve(answer.result);
    if (this.#isRetiring) void this.kill();
  }
}
