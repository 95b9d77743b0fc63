import { request } from "node:http";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../fixtures/call.ts";
import type { HttpServer } from "../http-server.ts";
import { startMailbox } from "./mailbox.ts";

let mailbox: HttpServer;
let ses: SESv2Client;

beforeAll(async () => {
  mailbox = await startMailbox(0);
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  ses = new SESv2Client({ region: "us-east-1", endpoint: mailbox.url, credentials });
});
afterAll(async () => {
  ses.destroy();
  await mailbox.stop();
});

const send = (to: string, subject: string, text: string) =>
  ses.send(
    new SendEmailCommand({
      FromEmailAddress: "sale@example.com",
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
    }),
  );
/** A request that names its host itself, as a browser does whose name server lies. */
const getAs = (host: string, port: number) => (path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ port, path, headers: { host } }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end();
  });
const mailsTo = async (to: string) => {
  const { body } = await call(`${mailbox.url}/mailbox/api?to=${encodeURIComponent(to)}`);
  return (JSON.parse(body) as { mails: { to: string; subject: string; text: string }[] }).mails;
};

test("the real SES client's mail arrives, newest first, at its own address only", async () => {
  expect((await send("ada+sale@example.com", "First", "code 111111")).MessageId).toMatch(/^[0-9a-f-]{36}$/);
  await send("Ada+Sale@example.com", "Second", "code 222222");
  await send("bob@example.com", "Other", "code 333333");
  expect((await mailsTo("ada+sale@example.com")).map((mail) => mail.text)).toEqual([
    "code 222222",
    "code 111111",
  ]);
});

test("the page escapes what a mail says", async () => {
  await send("eve@example.com", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>&'`);
  const { body, headers } = await call(`${mailbox.url}/mailbox/`);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(body).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;&#39;");
  expect(body).not.toMatch(/<script|<img/);
});

test("only the last 200 mails are kept", async () => {
  for (let n = 1; n <= 201; n++) await send("many@example.com", `Mail ${n}`, "text");
  const mails = await mailsTo("many@example.com");
  expect([mails.length, mails[0]?.subject, mails.at(-1)?.subject]).toEqual([200, "Mail 201", "Mail 2"]);
});

test("only a name that no stranger can point at this machine gets at the mails", async () => {
  await send("ada@example.com", "Code", "code 444444");
  const { port } = new URL(mailbox.url);
  const as = (host: string) => getAs(host, Number(port));
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1.evil.example",
    "localhost.evil.example",
  ])
    for (const path of ["/mailbox/", "/mailbox/api?to=ada@example.com"]) {
      const { status, body } = await as(host)(path);
      expect([host, path, status]).toEqual([host, path, 421]);
      expect(body).toContain("127.0.0.1");
      expect(body).not.toContain("444444");
    }
  for (const host of [
    `127.0.0.1:${port}`,
    "localhost:3000",
    "LOCALHOST",
    "[::1]:3000",
    "192.168.1.7:3000",
    "app:3000",
    "mac.local",
  ])
    expect([host, (await as(host)("/mailbox/api")).status]).toEqual([host, 200]);
});

test("anything but a simple e-mail is refused", async () => {
  for (const body of ["", "{", "{}", '{"FromEmailAddress":"a","Destination":{"ToAddresses":[]}}'])
    expect((await call(`${mailbox.url}/v2/email/outbound-emails`, { method: "POST", body })).status).toBe(
      400,
    );
  expect((await call(`${mailbox.url}/nothing`)).status).toBe(404);
});
