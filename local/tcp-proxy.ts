import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * - `pass`: as if it were not there.
 * - `refuse`: new connections are reset at once; those that are up stay.
 * - `stall`: accepts, and carries nothing either way until the mode changes; then what was sent arrives, late.
 * - `late`: what stalled goes on waiting, new connections pass; what waits arrives when the mode changes again.
 * - `swallow`: requests pass, answers are lost; a connection that lost one is broken when the mode changes.
 */
export type ProxyMode = "pass" | "refuse" | "stall" | "late" | "swallow";

type Link = {
  readonly client: Socket;
  readonly server: Socket;
  isDead: boolean;
  isHeld: boolean;
  hasLost: boolean;
};

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>;

/** A door before a store, through which faults of the network come in from outside. Loopback only. */
export async function startTcpProxy(targetPort: number) {
  const links = new Set<Link>();
  let mode: ProxyMode = "pass";
  let delayMs = 0;
  let bytesSent = 0;

  function open(client: Socket): void {
    if (mode === "refuse") return void client.resetAndDestroy();
    const link: Link = {
      client,
      server: connect(targetPort, "127.0.0.1"),
      isDead: false,
      isHeld: false,
      hasLost: false,
    };
    links.add(link);
    carry(link, "client", "server");
    carry(link, "server", "client");
    settle(link);
  }

  function carry(link: Link, from: "client" | "server", to: "client" | "server"): void {
    const [source, sink] = [link[from], link[to]];
    source.setNoDelay(true);
    source.on("data", (chunk) => {
      if (from === "client") bytesSent += chunk.length;
      if (from === "server" && mode === "swallow") {
        link.hasLost = true;
        return;
      }
      if (delayMs === 0) sink.write(chunk);
      else setTimeout(() => sink.write(chunk), delayMs);
    });
    source.on("error", () => {});
    source.on("close", () => {
      // A dead link does not even tell that the other side has gone.
      if (link.isDead && from === "server") return;
      links.delete(link);
      sink.destroy();
    });
  }

  /** Lets a link's bytes flow, or not. */
  function settle(link: Link): void {
    const flows = mode !== "stall" && !link.isDead && !link.isHeld;
    for (const socket of [link.client, link.server]) void (flows ? socket.resume() : socket.pause());
  }

  const server = createServer(open);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const cut = () => {
    for (const { client, server: upstream } of links) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };
  return {
    port,
    /** The store's address as seen through this door. */
    through(url: string): string {
      const seen = new URL(url);
      seen.port = String(port);
      return seen.href;
    },
    /** By clients, so far. */
    bytesSent: () => bytesSent,
    set(next: ProxyMode): void {
      if (mode === "swallow" && next !== "swallow")
        for (const link of links) if (link.hasLost) link.client.resetAndDestroy();
      for (const link of links) link.isHeld = next === "late" && (mode === "stall" || link.isHeld);
      mode = next;
      for (const link of links) settle(link);
    },
    /** Each way, for everything from now on. */
    delay(ms: number): void {
      delayMs = ms;
    },
    cut,
    /** The connections that are up fall silent for good, as after a freeze that outlived them; new ones work. */
    deaden(): void {
      for (const link of links) {
        link.isDead = true;
        settle(link);
      }
    },
    /** Points new connections elsewhere, and breaks those that are up. */
    retarget(next: number): void {
      targetPort = next;
      cut();
    },
    async stop(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
