/** Smaller than what the site's pages are in: none of them is ever under it, and it answers for none. */
const SCOPE = "/push/";
const WORKER = "/push-worker.js";

/** Whether this browser can show notices at all; on an iPhone it can once the site is on its home screen. */
export const canPush = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );

const isSame = (key: ArrayBuffer | null, wantedKey: Uint8Array): boolean => {
  const bytes = new Uint8Array(key ?? new ArrayBuffer(0));
  return bytes.length === wantedKey.length && bytes.every((byte, index) => byte === wantedKey[index]);
};

async function worker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const coming = registration.installing ?? registration.waiting;
  if (registration.active ?? !coming) return registration;
  await new Promise<void>((resolve, reject) =>
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve();
      else if (coming.state === "redundant") reject(new Error("The worker did not start"));
    }),
  );
  return registration;
}

/** Where this browser is reached, by the shop's key. @throws when its own service for notices does not answer. */
export async function subscribe(publicKey: string): Promise<PushSubscriptionJSON> {
  const { pushManager } = await worker();
  const applicationServerKey = bytesOf(publicKey);
  const known = await pushManager.getSubscription();
  // What is bound to an older key would reach nobody.
  if (known && !isSame(known.options.applicationServerKey, applicationServerKey)) await known.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  return subscription.toJSON();
}

/** This browser is reached nowhere any more. */
export async function unsubscribe(): Promise<void> {
  if (!canPush()) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  await registration?.unregister();
}
