import { afterAll } from "vitest";
import { startTcpProxy, type TcpProxy as Door } from "../../local/tcp-proxy.ts";

/**
 * pass: as if it were not there · cut: connections are closed, and refused from now on · stall: requests wait until it
 * passes again · mute: requests arrive and answers do not come back · late: what stalls goes on waiting, new connections pass.
 */
export type ProxyMode = "pass" | "cut" | "stall" | "mute" | "late";

export type TcpProxy = {
  /** The store's own URL with the proxy's address in it. */
  readonly url: string;
  /** Bytes that clients have sent so far. */
  bytesSent(): number;
  /** Connections that missed something are closed when it passes again. */
  set(mode: ProxyMode): void;
  /** The connections that are up fall silent for good; new ones work. */
  deaden(): void;
};

const modes = { pass: "pass", cut: "refuse", stall: "stall", mute: "swallow", late: "late" } as const;

/** Stands between a client and a store, to break their connection as a network would, for one test file. */
export async function testProxy(storeUrl: string): Promise<TcpProxy> {
  const door = await startTcpProxy(Number(new URL(storeUrl).port));
  afterAll(() => door.stop());
  const url = door.through(storeUrl);
  return asOne([door], storeUrl.endsWith("/") ? url : url.replace(/\/$/, ""));
}

/** Doors that open and close together, as one proxy. */
export const asOne = (doors: readonly Door[], url: string): TcpProxy => ({
  url,
  bytesSent: () => doors.reduce((sum, door) => sum + door.bytesSent(), 0),
  set(mode) {
    for (const door of doors) {
      door.set(modes[mode]);
      if (mode === "cut") door.cut();
    }
  },
  deaden() {
    for (const door of doors) door.deaden();
  },
});
