import { connect, type Socket } from "node:net";

export type HttpAnswer = {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly body: string;
};

const ANSWER_LIMIT_MS = 15_000;
const HEAD_END = "\r\n\r\n";

/**
 * One keep-alive HTTP/1.1 connection to a server of ours, one request at a time.
 *
 * Hand-written because the client shares two cores with all that it measures: 15 µs of processor time a request, where
 * node:http takes 60. It knows only what our API sends: answers with a content-length. Anything else is an error.
 */
export class HttpConnection {
  readonly #url: () => string;
  #socket: Socket | undefined;
  /** Latin-1, so that its length is the length in bytes. */
  #received = "";
  #pending: PromiseWithResolvers<HttpAnswer> | undefined;

  /** @param url asked each time that the connection is opened: a server that starts again may be elsewhere. */
  constructor(url: string | (() => string)) {
    this.#url = typeof url === "string" ? () => url : url;
  }

  /**
   * Sends a whole request, headers and body, and answers what came back. Opens the connection again if it was closed.
   *
   * @throws when the connection breaks or nothing comes for 15 s: the request may have been carried out.
   */
  send(request: string): Promise<HttpAnswer> {
    if (this.#pending) throw new Error("a connection carries one request at a time");
    this.#pending = Promise.withResolvers();
    this.#socket ??= this.#open();
    this.#socket.write(request);
    return this.#pending.promise;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const { hostname: host, port } = new URL(this.#url());
    const socket = connect({ host, port: Number(port), noDelay: true });
    let cause: Error | undefined;
    this.#received = "";
    socket.setEncoding("latin1");
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error("no answer in time")));
    socket.on("error", (error) => (cause = error));
    socket.on("close", () => {
      this.#socket = undefined;
      this.#finish()?.reject(new Error("the connection broke before the answer", { cause }));
    });
    socket.on("data", (text: string) => {
      this.#received += text;
      this.#read();
    });
    return socket;
  }

  #read(): void {
    const headLength = this.#received.indexOf(HEAD_END);
    if (headLength < 0) return;
    const head = this.#received.slice(0, headLength);
    const status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
    const length = header(head, "content-length");
    if (length === null) return void this.#socket?.destroy(new Error("an answer without content-length"));
    const start = headLength + HEAD_END.length;
    if (this.#received.length < start + length) return;
    const body = Buffer.from(this.#received.slice(start, start + length), "latin1").toString();
    this.#received = this.#received.slice(start + length);
    this.#finish()?.resolve({ status, retryAfterSeconds: header(head, "retry-after"), body });
  }

  #finish() {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }
}

/** A header that is a number; null if it is absent. */
function header(head: string, name: string): number | null {
  const match = new RegExp(`\r\n${name}: *(\\d+)`, "i").exec(head);
  return match ? Number(match[1]) : null;
}
