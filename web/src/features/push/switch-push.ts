import { pushTexts } from "../../../texts/push.ts";
import { locale } from "../../../texts/texts.ts";
import type { AddPushRequest, PushList, PushSubscriptionView } from "../api/contract.ts";
import { type Reply, request } from "../api/request.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { canPush, subscribe, unsubscribe } from "./browser-push.ts";

type Texts = Awaited<ReturnType<typeof pushTexts>>;

export const PUSH_PATH = "/api/identity/push";
const keep = browserKeep("localStorage");
/** Under this name a browser keeps which of its owner's it is, while it is told by push; wire-push.ts looks for it. */
const KEPT = "flash-sale.push";

/** Notes which of its owner's browsers this one is, and shows it wherever the page has the buttons; null: it is told nothing. */
export function keepPush(pushId: string | null): void {
  if (pushId === null) keep.removeItem(KEPT);
  else keep.setItem(KEPT, pushId);
  showSwitches();
}

function showSwitches(): void {
  const isOn = keep.getItem(KEPT) !== null;
  for (const panel of document.querySelectorAll<HTMLElement>(".push")) {
    setShown(part(panel, "push-on"), !isOn);
    setShown(part(panel, "push-off"), isOn);
  }
}

showSwitches();
// With signing out the server ends what this browser is told.
document.addEventListener("click", ({ target }) => {
  if ((target as Element).closest('[data-part="sign-out"]')) keepPush(null);
});

/** Somebody signed in or out, in this tab or another: a browser in which somebody else was told is told nothing any more. */
async function checkWhose(): Promise<void> {
  if (keep.getItem(KEPT) === null) return;
  const known = await request<PushList>(PUSH_PATH);
  if (known.kind !== "ok" || known.value.subscriptions.some(({ isThisBrowser }) => isThisBrowser)) return;
  await unsubscribe();
  keepPush(null);
}
// Not by the page's own channel: what both used would be one file more for every page to load.
new BroadcastChannel("flash-sale.session").addEventListener("message", () => void checkWhose());

/** Whoever is signed in is named on the page. */
const isSignedIn = () => document.querySelector('[data-part="signed-in"]:not([hidden])') !== null;

/** Switches this browser's notices, and says at the button what became of it. The mails stay whatever comes of it. */
export async function switchPush(button: HTMLElement): Promise<void> {
  const panel = button.closest<HTMLElement>(".push")!;
  if (panel.getAttribute("aria-busy") === "true") return;
  panel.setAttribute("aria-busy", "true");
  const status = part(panel, "push-status");
  const isOn = button.dataset["part"] === "push-on";
  try {
    const texts = await pushTexts();
    setText(status, "");
    setText(
      status,
      isOn ? await switchOn(texts, panel.dataset["place"] === "opening") : await switchOff(texts),
    );
    // The button that had the focus may be the one that is no longer shown.
    if (button.hidden) part(panel, isOn ? "push-off" : "push-on").focus();
    document.dispatchEvent(new Event("push-changed"));
  } finally {
    panel.setAttribute("aria-busy", "false");
  }
}

/** Answers what to say. Asked for leave is whoever has pressed the button, and nobody else. */
async function switchOn(texts: Texts, isForOpening: boolean): Promise<string> {
  if (!canPush()) return texts.unable;
  if (!isSignedIn()) return texts.signIn;
  const leave = await Notification.requestPermission();
  if (leave !== "granted") return leave === "denied" ? texts.refused : texts.dismissed;
  const known = await request<PushList>(PUSH_PATH);
  if (known.kind !== "ok") return whyNot(texts, known);
  let subscription: PushSubscriptionJSON;
  try {
    subscription = await subscribe(known.value.publicKey);
  } catch {
    return texts.noService;
  }
  const { endpoint = "", keys } = subscription;
  const body = {
    endpoint,
    keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" },
    language: locale,
  };
  const added = await request<PushSubscriptionView>(PUSH_PATH, {
    method: "POST",
    body: body satisfies AddPushRequest,
  });
  if (added.kind !== "ok") {
    // What the shop does not know must not look as if it were on.
    await unsubscribe();
    return whyNot(texts, added);
  }
  keepPush(added.value.pushId);
  return isForOpening ? remind(texts) : texts.isOn;
}

/** Only who asked for it is told of an opening: this is asking. */
async function remind(texts: Texts): Promise<string> {
  const path = `/api/sale/${encodeURIComponent(part<HTMLInputElement>(document, "reminder-sale").value)}/reminder`;
  const reply = await request(path, { method: "POST", body: { language: locale } });
  if (reply.kind === "ok") return texts.isOnForOpening;
  // So near its opening nobody is told of it any more; of all the rest they are.
  return reply.kind === "refused" && reply.problem.kind === "conflict" ? texts.isOn : texts.noAnswer;
}

function whyNot(texts: Texts, reply: Exclude<Reply<unknown>, { kind: "ok" }>): string {
  if (reply.kind === "no_answer") return texts.noAnswer;
  switch (reply.problem.kind) {
    case "unauthenticated":
      return texts.signIn;
    case "conflict":
      return texts.tooMany;
    case "invalid_request":
      return texts.unknownService;
    default:
      return texts.noAnswer;
  }
}

/** First where nobody but the browser is asked: from then on it hears nothing, whatever the shop answers. */
async function switchOff(texts: Texts): Promise<string> {
  const pushId = keep.getItem(KEPT);
  await unsubscribe();
  keepPush(null);
  if (pushId !== null) await request(`${PUSH_PATH}/${encodeURIComponent(pushId)}`, { method: "DELETE" });
  return texts.isOff;
}
