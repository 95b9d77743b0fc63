import { afterAll, expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import type { SessionView } from "../../core/contract/identity.ts";
import type { PushList } from "../../core/contract/push.ts";
import { consumers } from "../../core/topology.ts";
import { callApi } from "../../local/call-api.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { violations } from "./violations.ts";

const service = await startPushService();
afterAll(() => service.stop());
const cloud = await browserCloud({ environment: { PUSH_SERVICES: "127.0.0.1" } });
const LIMIT_MS = 60_000;
const startsAt = () => new Date(Date.now() + 3_600_000).toISOString();

/** Chromium's own push service cannot be reached from here: subscribing answers one of ours. The worker is the site's own. */
const subscribedAt = ({ endpoint, keys }: ReturnType<typeof service.subscribe>) =>
  `PushManager.prototype.subscribe = async () => ({ toJSON: () => (${JSON.stringify({ endpoint, keys })}) });`;

async function shopperWith(script: string, isAllowed: boolean, path = "") {
  const { token } = localSession();
  const shopper = await newShopper(cloud, { token });
  if (isAllowed) await shopper.context.grantPermissions(["notifications"], { origin: cloud.siteUrl });
  await shopper.context.addInitScript({ content: script });
  const saleId = await newSale(cloud, { startsAt: startsAt() });
  await shopper.open(`${path}/sale/${saleId}`);
  const on = shopper.page.locator('[data-place="opening"] [data-part="push-on"]');
  await on.waitFor();
  await shopper.page.locator('[data-part="signed-in"]').waitFor();
  return { shopper, saleId, token, on };
}
const saidAt = ({ page }: Shopper, text: string) =>
  page.locator('[data-place="opening"] [data-part="push-status"]', { hasText: text }).waitFor();

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
const shown = ({ page }: Shopper) =>
  page.evaluate<{ title: string; body: string; lang: string; data: string }[]>(`(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/push/");
    const all = await registration.getNotifications();
    return all.map(({ title, body, lang, data }) => ({ title, body, lang, data }));
  })()`);

test(
  "whoever presses is told: by a worker that is under no page, and that opens the page that it is about",
  async () => {
    const browser = service.subscribe();
    const asked: string[] = [];
    const { shopper, saleId, token, on } = await shopperWith(subscribedAt(browser), true);
    shopper.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    expect(await violations(shopper)).toEqual([]);
    await on.click();
    await saidAt(shopper, "This browser tells you before it opens, and so does a mail.");
    // Its code comes with the press.
    expect(asked.filter((path) => /switch-push/.test(path))).toHaveLength(1);
    expect(await shopper.page.evaluate("navigator.serviceWorker.controller")).toBeNull();
    const list = () => callApi<PushList>(cloud.apiUrl, "GET /api/identity/push", { token });
    expect((await list()).subscriptions).toHaveLength(1);
    expect(await callApi(cloud.apiUrl, `GET /api/sale/${saleId}/reminder`, { token })).toMatchObject({
      isAsked: true,
    });

    const { buyerId } = await callApi<SessionView>(cloud.apiUrl, "GET /api/identity/session", { token });
    const notice = { kind: "opening", saleId, buyerId, notAfterMs: Date.now() + LIMIT_MS };
    const body = JSON.stringify({ notices: [notice], tries: 0 });
    await cloud.runner.invoke(consumers.pushSender, { Records: [{ messageId: "1", body }] });
    const [brought] = browser.brought();
    await bring(shopper, JSON.stringify(brought!.message));
    await expect
      .poll(() => shown(shopper))
      .toEqual([
        {
          title: "Meridian turntable",
          body: "Opens soon. Come to its page now.",
          lang: "en",
          data: `/sale/${saleId}`,
        },
      ]);

    const worker = shopper.context.serviceWorkers().find((one) => one.url().endsWith("/push-worker.js"));
    const opened = await worker!.evaluate<string[]>(`(async () => {
      const opened = [];
      self.clients.openWindow = async (url) => void opened.push(url);
      for (const data of ["/order/?id=ord_1", "https://example.com/"]) {
        await self.registration.showNotification("t", { data, tag: data });
        const [notification] = await self.registration.getNotifications({ tag: data });
        self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
      }
      for (let turns = 0; turns < 50 && opened.length === 0; turns++) await new Promise((go) => setTimeout(go, 20));
      return opened;
    })()`);
    expect(opened).toEqual([`${cloud.siteUrl}/order/?id=ord_1`]);

    await shopper.page.locator('[data-place="opening"] [data-part="push-off"]').press("Enter");
    await saidAt(shopper, "This browser tells you nothing any more. The mails still come.");
    expect((await list()).subscriptions).toEqual([]);
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
