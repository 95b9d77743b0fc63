import { pushTexts } from "../../../texts/push.ts";
import type { PushList, PushSubscriptionView } from "../api/contract.ts";
import { request } from "../api/request.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatMoment } from "../page/format.ts";
import { unsubscribe } from "./browser-push.ts";
import { PUSH_PATH } from "./switch-push.ts";
import { PUSH_KEPT, showSwitches } from "./switches.ts";

const texts = await pushTexts();
const keep = browserKeep("localStorage");

/** Shows the signed-in buyer's browsers that are told by push, each with a button that ends it. */
export async function showPushes(root: HTMLElement): Promise<void> {
  const reply = await request<PushList>(PUSH_PATH);
  const status = part(root, "push-list-status");
  if (reply.kind !== "ok") return setText(status, texts.noAnswer);
  const { subscriptions } = reply.value;
  setShown(part(root, "push-none"), subscriptions.length === 0);
  part(root, "push-list").replaceChildren(...subscriptions.map((one) => itemOf(root, one)));
  const own = subscriptions.find(({ isThisBrowser }) => isThisBrowser);
  if (own) keep.setItem(PUSH_KEPT, own.pushId);
  else keep.removeItem(PUSH_KEPT);
  showSwitches(own !== undefined);
}

function itemOf(root: HTMLElement, { pushId, host, createdAt, isThisBrowser }: PushSubscriptionView) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = isThisBrowser ? texts.thisOne : texts.another;
  const since = document.createElement("span");
  since.textContent = ` (${host}). ${texts.since(formatMoment(Date.parse(createdAt)))} `;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = texts.remove;
  button.setAttribute("aria-label", `${texts.remove}: ${name.textContent}, ${host}`);
  button.addEventListener("click", () => void remove(root, pushId, isThisBrowser));
  item.append(name, since, button);
  return item;
}

async function remove(root: HTMLElement, pushId: string, isThisBrowser: boolean): Promise<void> {
  if (isThisBrowser) await unsubscribe();
  const reply = await request(`${PUSH_PATH}/${encodeURIComponent(pushId)}`, { method: "DELETE" });
  const isGone = reply.kind === "ok" || (reply.kind === "refused" && reply.problem.kind === "not_found");
  setText(part(root, "push-list-status"), isGone ? texts.removed : texts.noAnswer);
  await showPushes(root);
  part(root, "push-heading").focus();
}
