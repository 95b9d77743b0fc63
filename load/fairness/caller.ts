import { type HttpAnswer, HttpConnection } from "../http-connection.ts";

export type Call = {
  readonly route: string;
  readonly token?: string;
  readonly body?: unknown;
  /** That the request comes from: a cloud that has no CDN takes nobody's word for it. */
  readonly address?: string;
};

export type Caller = {
  /** Sends a whole request; null: nothing came back, and it may have been carried out. */
  send(request: string): Promise<HttpAnswer | null>;
  call(call: Call): Promise<HttpAnswer | null>;
  close(): void;
};

/** Keep-alive connections to the API; whoever finds all of them busy waits. */
export function createCaller(apiUrl: string, connections: number): Caller {
  const all = Array.from({ length: connections }, () => new HttpConnection(apiUrl));
  const idle = [...all];
  const waiting: ((connection: HttpConnection) => void)[] = [];
  const { host } = new URL(apiUrl);

  async function send(request: string): Promise<HttpAnswer | null> {
    const connection = idle.pop() ?? (await new Promise<HttpConnection>((take) => waiting.push(take)));
    try {
      return await connection.send(request).catch(() => null);
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    }
  }

  return {
    send,
    call: (asked) => send(requestOf(host, asked)),
    close: () => {
      for (const connection of all) connection.close();
    },
  };
}

function requestOf(host: string, { route, token, body, address }: Call): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  return [
    `${route} HTTP/1.1`,
    `host: ${host}`,
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(address === undefined ? [] : [`x-viewer-address: ${address}`]),
    ...(body === undefined ? [] : ["content-type: application/json"]),
    `content-length: ${Buffer.byteLength(text)}`,
    "",
    text,
  ].join("\r\n");
}
