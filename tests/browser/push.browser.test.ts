import { afterAll, expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import type { SessionView } from "../../core/contract/identity.ts";
import type { PushList } from "../../core/contract/push.ts";
import { consumers } from "../../core/topology.ts";
import { callApi } from "../../local/call-api.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { violations } from "./violations.ts";

const service = await startPushService();
afterAll(() => service.stop());
const cloud = await browserCloud({ environment: { PUSH_SERVICES: "127.0.0.1" } });
const LIMIT_MS = 60_000;
const startsAt = () => new Date(Date.now() + 3_600_000).toISOString();

/** Chromium's own push service cannot be reached from here: subscribing answers one of ours. The worker is the site's own. */
const subscribedAt = ({ endpoint, keys }: ReturnType<typeof service.subscribe>) =>
  `PushManager.prototype.subscribe = async () => ({ toJSON: () => (${JSON.stringify({ endpoint, keys })}) });`;

async function shopperWho(script: string, isAllowed: boolean) {
  const { token } = localSession();
  const shopper = await newShopper(cloud, { token });
  if (isAllowed) await shopper.context.grantPermissions(["notifications"], { origin: cloud.siteUrl });
  await shopper.context.addInitScript({ content: script });
  const list = async () =>
    (await callApi<PushList>(cloud.apiUrl, "GET /api/identity/push", { token })).subscriptions;
  return { shopper, token, list };
}

async function shopperWith(script: string, isAllowed: boolean, path = "") {
  const { shopper, token, list } = await shopperWho(script, isAllowed);
  const saleId = await newSale(cloud, { startsAt: startsAt() });
  await shopper.open(`${path}/sale/${saleId}`);
  const on = shopper.page.locator('[data-place="opening"] [data-part="push-on"]');
  await on.waitFor();
  await shopper.page.locator('[data-part="signed-in"]').waitFor();
  return { shopper, saleId, token, on, list };
}
const isCode = (path: string) => /switch-push|browser-push/.test(path);
const saidAt = ({ page }: Shopper, text: string, place = "opening") =>
  page.locator(`[data-place="${place}"] [data-part="push-status"]`, { hasText: text }).waitFor();
/** What the sender puts together of a notice, and brings the browser. */
const send = (notice: object) =>
  cloud.runner.invoke(consumers.pushSender, {
    Records: [{ messageId: "1", body: JSON.stringify({ notices: [notice], tries: 0 }) }],
  });
const buyerOf = async (token: string) =>
  (await callApi<SessionView>(cloud.apiUrl, "GET /api/identity/session", { token })).buyerId;

/** Brings the browser's worker a message, as the browser's push service does; answers what is shown. */
async function bring({ page, context }: Shopper, data: string) {
  const session = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [found] = registrations.filter(({ scopeURL }) => scopeURL.endsWith("/push/"));
      if (found) resolve(found.registrationId);
    }),
  );
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  await session.send("ServiceWorker.deliverPushMessage", { origin: cloud.siteUrl, registrationId, data });
}
const workerOf = ({ context }: Shopper) =>
  context.serviceWorkers().find((worker) => worker.url().endsWith("/push-worker.js"))!;
/** Chromium without a window lets no worker show a notification, whatever is granted: what it asks to be shown is noted. */
const noteShown = (shopper: Shopper) =>
  workerOf(shopper).evaluate(
    "self.shown = []; self.registration.showNotification = async (title, more) => void self.shown.push({ title, ...more });",
  );
const shown = (shopper: Shopper) => workerOf(shopper).evaluate<unknown[]>("self.shown");

/** Presses notices that bear these paths; answers what the worker asks to be opened. */
const press = (shopper: Shopper, links: readonly string[]) =>
  workerOf(shopper).evaluate<string[]>(`(async () => {
    const [opened, work] = [[], []];
    self.clients.openWindow = async (url) => void opened.push(url);
    for (const data of ${JSON.stringify(links)}) {
      const notification = { data, close() {} };
      const more = { notification, waitUntil: (promise) => void work.push(promise) };
      const event = new Event("notificationclick");
      for (const [name, value] of Object.entries(more)) Object.defineProperty(event, name, { value });
      self.dispatchEvent(event);
    }
    await Promise.all(work);
    return opened;
  })()`);

test(
  "whoever presses is told: by a worker that is under no page, and that opens the page that it is about",
  async () => {
    const browser = service.subscribe();
    const asked: string[] = [];
    const { shopper, saleId, token, on, list } = await shopperWith(subscribedAt(browser), true);
    const before = await shopper.page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => name)",
    );
    shopper.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    expect(await violations(shopper)).toEqual([]);
    await on.click();
    await saidAt(shopper, "This browser tells you before it opens, and so does a mail.");
    // Its code comes with the press.
    expect([before.filter(isCode), asked.some(isCode)]).toEqual([[], true]);
    expect(await shopper.page.evaluate("navigator.serviceWorker.controller")).toBeNull();
    expect(await list()).toHaveLength(1);
    expect(await callApi(cloud.apiUrl, `GET /api/sale/${saleId}/reminder`, { token })).toMatchObject({
      isAsked: true,
    });

    const buyerId = await buyerOf(token);
    await send({ kind: "opening", saleId, buyerId, notAfterMs: Date.now() + LIMIT_MS });
    const [brought] = browser.brought();
    await noteShown(shopper);
    await bring(shopper, JSON.stringify(brought!.message));
    await expect
      .poll(() => shown(shopper))
      .toMatchObject([
        {
          title: "Meridian turntable",
          body: "Opens soon. Come to its page now.",
          lang: "en",
          data: `/sale/${saleId}`,
          tag: expect.stringMatching(`^opening#${saleId}#`) as string,
        },
      ]);
    expect(await press(shopper, ["/order/?id=ord_1", "https://example.com/"])).toEqual([
      `${cloud.siteUrl}/order/?id=ord_1`,
    ]);

    await shopper.page.locator('[data-place="opening"] [data-part="push-off"]').press("Enter");
    await saidAt(shopper, "This browser tells you nothing any more. The mails still come.");
    expect(await list()).toEqual([]);
    expect(shopper.complaints).toEqual([]);
  },
  LIMIT_MS,
);

test("on the page of one's own every browser is listed, and switched off; signing out ends this one", async () => {
  const { shopper, token, on } = await shopperWith(subscribedAt(service.subscribe()), true, "/de");
  await on.click();
  await saidAt(shopper, "Dieser Browser sagt Ihnen Bescheid, bevor es losgeht, und eine E-Mail auch.");
  const { endpoint, keys } = service.subscribe();
  await callApi(cloud.apiUrl, "POST /api/identity/push", { token, body: { endpoint, keys } });
  await shopper.open("/de/passkeys/");
  await shopper.page.getByRole("button", { name: /Ausschalten: ein anderer Browser/ }).click();
  await shopper.page.getByText("Dieser Browser sagt nichts mehr.").waitFor();
  await shopper.page.getByRole("button", { name: /Ausschalten: dieser Browser/ }).waitFor();
  expect(await violations(shopper)).toEqual([]);
  await shopper.part("sign-out").click();
  await shopper.part("email").waitFor();
  const cookies = await shopper.context.cookies();
  expect(cookies.filter(({ name }) => name === "push")).toEqual([]);
  expect(shopper.complaints).toEqual([]);
});

/** A sale of one unit, held by a buyer of this token. */
async function heldBy(token: string) {
  const saleId = await newSale(cloud, { allocated: 1, payment: { kind: "held", holdSeconds: 600 } });
  return { saleId, ...(await buyByApi(cloud, saleId, token)) };
}

test(
  "where somebody waits in line, its button has this browser told of the turn, and takes it back",
  async () => {
    const browser = service.subscribe();
    const { shopper, token, list } = await shopperWho(subscribedAt(browser), true);
    const { saleId } = await heldBy(localSession().token);
    await shopper.open(`/de/sale/${saleId}`);
    await shopper.state("line_returns");
    const [on, off] = ["on", "off"].map((part) =>
      shopper.page.locator(`[data-place="line"] [data-part="push-${part}"]`),
    );
    expect(await on!.isVisible()).toBe(false);
    await shopper.part("join-form").getByRole("button").click();
    await shopper.state("line_joined");
    await on!.click();
    await saidAt(shopper, "Dieser Browser sagt Ihnen von jetzt an Bescheid.", "line");
    expect([(await list()).length, await violations(shopper)]).toEqual([1, []]);
    const untilMs = Date.now() + LIMIT_MS;
    const of = { saleId, buyerId: await buyerOf(token), notAfterMs: untilMs };
    await send({ ...of, kind: "turn", step: 1, untilMs, isReturn: true });
    expect(browser.brought().map(({ message }) => message)).toMatchObject([
      { kind: "turn", lang: "de", link: `/de/sale/${saleId}` },
    ]);
    await off!.press("Enter");
    await saidAt(shopper, "Dieser Browser sagt Ihnen nichts mehr.", "line");
    expect(await list()).toEqual([]);
    // The one that was pressed is gone: the focus goes on to the other.
    expect(await shopper.page.evaluate("document.activeElement.dataset.part")).toBe("push-on");
    expect(shopper.complaints).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "where a hold waits to be paid, its button has this browser told before it ends; somebody else who signs in there ends that",
  async () => {
    const browser = service.subscribe();
    const { shopper, token, list } = await shopperWho(subscribedAt(browser), true);
    const { saleId, orderId } = await heldBy(token);
    await shopper.open(`/order/?id=${orderId}`);
    await shopper.state("held");
    await shopper.page.locator('[data-place="hold"] [data-part="push-on"]').click();
    await saidAt(shopper, "This browser tells you from now on.", "hold");
    expect([(await list()).length, await violations(shopper)]).toEqual([1, []]);
    const heldUntilMs = Date.now() + LIMIT_MS;
    const of = { saleId, buyerId: await buyerOf(token), notAfterMs: heldUntilMs };
    await send({ ...of, kind: "hold_ending", orderId, heldUntilMs });
    expect(browser.brought().map(({ message }) => message)).toMatchObject([
      { kind: "hold_ending", link: `/order/?id=${orderId}` },
    ]);

    // The session has run out, nobody has signed out.
    await shopper.context.clearCookies({ name: "session" });
    await shopper.open("/passkeys/");
    await signInByMail(cloud, shopper, `${crypto.randomUUID()}@example.com`);
    await expect.poll(list).toEqual([]);
    const kept = () => shopper.page.evaluate("localStorage.getItem('flash-sale.push')");
    await expect.poll(kept).toBeNull();
    expect((await shopper.context.cookies()).map(({ name }) => name)).not.toContain("push");
    expect(shopper.complaints).toEqual([]);
  },
  LIMIT_MS,
);

test.each([
  ["refuses", "Notification.requestPermission = async () => 'denied';", "is set to show no notices"],
  ["is not answered", "Notification.requestPermission = async () => 'default';", "You did not allow it"],
  ["cannot", "delete globalThis.PushManager;", "cannot show notices of a website"],
])("a browser that %s is told so, and nothing is kept", async (_how, script, said) => {
  const { shopper, token, on } = await shopperWith(script, false);
  await on.click();
  await saidAt(shopper, said);
  expect(await on.isVisible()).toBe(true);
  expect(await callApi(cloud.apiUrl, "GET /api/identity/push", { token })).toMatchObject({
    subscriptions: [],
  });
  expect(
    await shopper.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"),
  ).toBe(0);
});
