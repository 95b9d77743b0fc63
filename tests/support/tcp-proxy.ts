import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll } from "vitest";

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
};

/** Stands between a client and a store, to break their connection as a network would, for one test file. */
export async function testProxy(storeUrl: string): Promise<TcpProxy> {
  const target = new URL(storeUrl);
  let mode: ProxyMode = "pass";
  const sockets = new Set<Socket>();
  const held: Socket[] = [];
  let bytesSent = 0;

  const server = createServer((client) => {
    if (mode === "cut") {
      client.destroy();
      return;
    }
    const store = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, store],
      [store, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    if (mode === "stall") hold(client);
    client.on("data", (chunk) => {
      bytesSent += chunk.length;
      store.write(chunk);
    });
    store.on("data", (chunk) => void (mode !== "mute" && client.write(chunk)));
  });
  const hold = (client: Socket) => {
    client.pause();
    held.push(client);
  };
  const closeAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const clients = () => [...sockets].filter((socket) => socket.localPort === port());
  const port = () => (server.address() as AddressInfo).port;

  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    closeAll();
    await new Promise((resolve) => void server.close(resolve));
  });
  const url = new URL(storeUrl);
  url.port = String(port());
  return {
    url: url.href.replace(/\/$/, target.pathname === "/" && !storeUrl.endsWith("/") ? "" : "/"),
    bytesSent: () => bytesSent,
    set(next) {
      if (next === "stall") for (const client of clients()) hold(client);
      else if (next !== "late") for (const client of held.splice(0)) client.resume();
      if (next === "cut" || mode === "mute") closeAll();
      mode = next;
    },
  };
}
