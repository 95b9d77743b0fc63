import { type ChildProcess, type StdioOptions, spawn, spawnSync } from "node:child_process";

const hasSetpriv = (() => {
  let known: boolean | undefined;
  return () => (known ??= spawnSync("setpriv", ["--pdeathsig", "SIGTERM", "true"]).status === 0);
})();

export type TiedOptions = {
  /** What the kernel sends it when this process dies, even by kill -9. Linux only; elsewhere the next start cleans up. */
  readonly deathSignal: NodeJS.Signals;
  /** Give up root, for programs that refuse it. */
  readonly unprivileged?: { readonly uid: number; readonly gid: number };
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdio?: StdioOptions;
};

/**
 * Starts a process that ends with this process. It gets its own process group, so that Ctrl-C reaches only us and we can
 * stop the parts in order.
 */
export function spawnTied(command: string, args: readonly string[], options: TiedOptions): ChildProcess {
  const { deathSignal, unprivileged, stdio = ["ignore", "pipe", "pipe"], env = process.env } = options;
  const base = { stdio, env, detached: true };
  if (!hasSetpriv()) return spawn(command, args, { ...base, ...unprivileged });
  const drop = unprivileged
    ? [
        `--reuid=${unprivileged.uid}`,
        `--regid=${unprivileged.gid}`,
        "--clear-groups",
        // The checkout may lie in a folder that only root may enter (/root, a mktemp folder).
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
      ]
    : [];
  return spawn("setpriv", [...drop, "--pdeathsig", deathSignal, "--", command, ...args], base);
}
