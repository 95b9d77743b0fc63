import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf } from "../api-gateway/read-body.ts";
import { type HttpServer, serveHttp } from "../http-server.ts";
import { mailboxPage } from "./mailbox-page.ts";
import { isOwnHost } from "./own-host.ts";
import { type Mail, parseMail } from "./parse-mail.ts";

/** With these mails anybody is signed in. */
const FOREIGN_NAME =
  '{"message":"The mailbox answers to addresses and local names alone: open it by 127.0.0.1 or localhost"}';
const MAILS_KEPT = 200;
const BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * Stands in for Amazon SES: takes the one call that the product makes (`SendEmail` with simple content) and shows the last
 * 200 mails at `/mailbox/`, and as JSON, newest first, at `/mailbox/api?to=<address>`. Nothing leaves the machine.
 */
export function startMailbox(port: number): Promise<HttpServer> {
  const mails: Mail[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host)) return send(response, 421, "application/json", FOREIGN_NAME);
    const url = new URL(request.url ?? "/", "http://mailbox");
    const route = `${request.method} ${url.pathname.replace(/\/$/, "")}`;
    switch (route) {
      case "POST /v2/email/outbound-emails":
        return receive(request, response);
      case "GET /mailbox/api": {
        const to = url.searchParams.get("to")?.toLowerCase();
        const shown = to ? mails.filter((mail) => mail.to.toLowerCase() === to) : mails;
        return send(response, 200, "application/json", JSON.stringify({ mails: shown }));
      }
      case "GET /mailbox":
        return send(response, 200, "text/html; charset=utf-8", mailboxPage(mails));
      default:
        return send(response, 404, "application/json", '{"message":"Not Found"}');
    }
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request, BODY_LIMIT_BYTES);
    if (body === "gone") return;
    const received = Buffer.isBuffer(body) ? parseMail(body.toString("utf8"), new Date()) : undefined;
    if (!received)
      return send(response, 400, "application/json", '{"message":"Only simple e-mails are taken"}');
    mails.unshift(...received);
    mails.splice(MAILS_KEPT);
    send(response, 200, "application/json", JSON.stringify({ MessageId: randomUUID() }));
  }

  return serveHttp("mailbox", port, (request, response) => void serve(request, response));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
}
