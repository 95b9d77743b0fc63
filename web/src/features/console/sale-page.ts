import { consoleTexts as texts } from "../../../texts/console.ts";
import { localePath } from "../../../texts/locale.ts";
import { locale } from "../../../texts/texts.ts";
import { hasLine, type SaleWatch } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { startPoll } from "../page/poll.ts";
import { wireActions } from "./actions.ts";
import { showAudit } from "./audit-view.ts";
import { consoleApi } from "./console-api.ts";
import { wireCheckedLater } from "./checked-later.ts";
import { wireGuests } from "./guests-panel.ts";
import { wireLinePanel } from "./line-panel.ts";
import { showLive } from "./live-view.ts";
import { wireOrders } from "./orders-view.ts";
import { createRateChart } from "./rate-chart.ts";
import { ratesBetween } from "./rates.ts";
import { wirePreflight } from "./preflight-view.ts";
import { refusalText } from "./refusal-text.ts";
import { wireReport } from "./report-view.ts";
import { wireShopPage } from "./shop-page.ts";
import { openToStaff } from "./staff-gate.ts";

const LOOK_MS = 1_000;
const READY_MS = 5_000;
const saleId = new URLSearchParams(location.search).get("id") ?? "none";
const notice = part(document, "notice");

for (const name of ["edit", "clone"])
  part<HTMLAnchorElement>(document, name).href = localePath(
    locale,
    `/admin/edit/?${name === "edit" ? "id" : "clone"}=${encodeURIComponent(saleId)}`,
  );

const gate = openToStaff(({ buyerId, mayChange, isAdmin }) => {
  const chart = createRateChart(part(document, "rates"));
  const actions = wireActions(saleId, mayChange, () => {
    poll.askNow();
    void showAudit(saleId, buyerId);
  });
  const showOrders = wireOrders({
    saleId,
    me: buyerId,
    mayChange,
    isAdmin,
    onChanged: () => void showAudit(saleId, buyerId),
  });
  const linePanel = wireLinePanel(saleId, mayChange);
  const laterPanel = wireCheckedLater(saleId, mayChange);
  const guests = wireGuests(saleId, mayChange, () => void showAudit(saleId, buyerId));
  const preflight = wirePreflight(saleId, mayChange, () => void showAudit(saleId, buyerId));
  const shopPage = wireShopPage(saleId, mayChange, () => {
    poll.askNow();
    void showAudit(saleId, buyerId);
  });
  let before: SaleWatch | null = null;

  const poll = startPoll(async () => {
    const reply = await consoleApi.watch(saleId);
    setShown(notice, reply.kind !== "ok");
    setShown(part(document, "live"), reply.kind === "ok" || before !== null);
    if (reply.kind !== "ok") {
      if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") gate.forget();
      setText(notice, refusalText(reply));
      return LOOK_MS;
    }
    showLive(reply.value);
    shopPage.show(reply.value);
    preflight.show(reply.value, reply);
    actions.show(reply.value);
    guests.show(reply.value);
    linePanel.show(reply.value);
    laterPanel.show(hasLine(reply.value.mode));
    showOrders(JSON.stringify(reply.value.orders));
    const point = before && ratesBetween(before, reply.value);
    before = reply.value;
    if (point) chart.add(point);
    return LOOK_MS;
  });
  startPoll(async () => {
    const reply = await consoleApi.readiness();
    const ready = part(document, "tile-ready");
    ready.dataset["tone"] = reply.kind === "ok" ? "good" : "bad";
    setText(part(ready, "value"), reply.kind === "ok" ? texts.live.ready : texts.live.notReady);
    setText(part(ready, "note"), reply.kind === "ok" ? texts.live.allStores : refusalText(reply));
    return READY_MS;
  });
  wireReport(saleId);
  void showAudit(saleId, buyerId);
});
