import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, o as createComponent } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { t as $$ConfirmDialog } from "./confirm-dialog_DQpMNlas.mjs";
import { n as consoleIn, r as consoleOf, t as $$ConsoleFrame } from "./console-frame_CPwArnow.mjs";
import { i as localeRoutes, n as localeOfPath, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/components/console-later.astro
createAstro("https://astro.build");
var $$ConsoleLater = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsoleLater;
	const words = consoleOf(Astro.url.pathname).later;
	return renderTemplate`${maybeRenderHead($$result)}<section class="panel" data-part="later-panel" hidden><h2>${words.heading}</h2><p class="soft">${words.note}</p><p data-part="later-summary"></p><div class="scroll" data-part="later-table" tabindex="0" role="region"${addAttribute(words.heading, "aria-label")} hidden><table><caption class="visually-hidden">${words.heading}</caption><thead><tr><th scope="col">${words.columns.why}</th><th scope="col" class="number">${words.columns.entries}</th><th scope="col" class="number">${words.columns.undone}</th></tr></thead><tbody data-part="later-rows"></tbody></table></div><form class="line-form" data-part="later-form" novalidate hidden><label class="wide"><span>${words.email}</span><input data-part="later-email" type="email" autocomplete="off" maxlength="254"></label><div class="buttons wide"><button class="button quiet" type="submit">${words.undoOne}</button></div></form><p class="toned" data-part="later-notice" role="status"></p><p class="buttons"><button class="button quiet" data-part="later-look" type="button">${words.look}</button><span class="soft" data-part="later-as-of"></span></p></section>`;
}, "/work/wt/line-console/web/src/components/console-later.astro", void 0);
// web/src/components/console-preflight.astro
createAstro("https://astro.build");
var $$ConsolePreflight = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsolePreflight;
	const { preflight: words } = consoleOf(Astro.url.pathname);
	return renderTemplate`${maybeRenderHead($$result)}<section class="panel preflight" data-part="preflight" hidden><h2>${words.heading}</h2><p class="opens-in" role="timer" data-part="opens-in"></p><p class="soft">${words.byServer} <span data-part="preflight-draft"></span></p><button class="button quiet" data-part="preflight-run" type="button">${words.run}</button><p class="toned" data-part="preflight-status" role="status"></p><ul class="checks" data-part="checks"></ul></section>`;
}, "/work/wt/line-console/web/src/components/console-preflight.astro", void 0);
// web/src/components/console-shop-page.astro
createAstro("https://astro.build");
var $$ConsoleShopPage = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsoleShopPage;
	const { shopPage: words } = consoleOf(Astro.url.pathname);
	const targets = [
		"listed",
		"unlisted",
		"draft",
		"retired"
	];
	const links = [{
		name: "address",
		label: words.address,
		open: words.open
	}, {
		name: "preview-link",
		label: words.preview,
		open: words.openPreview
	}];
	return renderTemplate`${maybeRenderHead($$result)}<section class="panel shop-page" data-part="shop-page"><h2>${words.heading}</h2><p data-part="visibility-now"></p><div class="buttons">${targets.map((target, index) => renderTemplate`<button${addAttribute(["button", index > 0 && "quiet"], "class:list")}${addAttribute(`to-${target}`, "data-part")} type="button" hidden>${words.to.draft[target] || words.to.retired[target]}</button>`)}</div><p class="action-notice" data-part="visibility-notice" role="status" tabindex="-1" hidden></p><div data-part="preview" hidden><p class="soft" id="preview-note">${words.previewNote}</p><button class="button quiet" data-part="make-preview" type="button" aria-describedby="preview-note">${words.makeLink}</button></div>${links.map(({ name, label, open }) => renderTemplate`<div class="link-field"${addAttribute(name, "data-part")} hidden><label${addAttribute(name, "for")} data-part="link-label">${label}</label><input${addAttribute(name, "id")} data-part="link" type="text" readonly spellcheck="false"><div class="buttons"><button class="button quiet" data-part="copy" type="button">${words.copy}</button><a class="button quiet" data-part="open" href="/" target="_blank" rel="noopener">${open}<span class="visually-hidden">(${words.newTab})</span></a></div><p class="soft" data-part="copy-said" role="status"></p></div>`)}</section>`;
}, "/work/wt/line-console/web/src/components/console-shop-page.astro", void 0);
// web/src/components/console-line.astro
createAstro("https://astro.build");
var $$ConsoleLine = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsoleLine;
	const { line: words, unknown } = consoleOf(Astro.url.pathname);
	return renderTemplate`${maybeRenderHead($$result)}<section class="panel" data-part="line-panel" hidden><h2>${words.heading}</h2><dl class="line-numbers">${Object.entries(words.numbers).map(([name, word]) => renderTemplate`<div><dt>${word}</dt><dd${addAttribute(`line-${name}`, "data-part")}>${unknown}</dd></div>`)}</dl><ul class="legend">${Object.entries(words.parts).map(([name, word]) => renderTemplate`<li${addAttribute(`part-${name}`, "class")}>${word}</li>`)}</ul><div class="scroll" tabindex="0" role="region"${addAttribute(words.table, "aria-label")}><table><caption class="visually-hidden">${words.table}</caption><thead><tr>${words.columns.map((column, index) => renderTemplate`<th scope="col"${addAttribute(index > 0 && index < words.columns.length - 1 ? "number" : void 0, "class")}>${column}</th>`)}</tr></thead><tbody data-part="line-rows"></tbody></table></div><figure class="course" data-part="line-course" hidden><figcaption><b>${words.course}</b> <span class="soft">${words.courseNote}</span></figcaption><ul class="legend">${[
		"waiting",
		"admitted",
		"bought",
		"lapsed"
	].map((name) => renderTemplate`<li${addAttribute(`course-${name}`, "class")}>${words.numbers[name]}</li>`)}</ul><svg data-part="line-course-plot" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true"></svg></figure><p class="soft" data-part="line-none">${words.none}</p><form class="line-form" data-part="line-form" novalidate hidden><label><span>${words.admissionsPerSecond}</span><input data-part="line-pace-input" type="number" min="0" step="any" inputmode="decimal"></label><label><span>${words.mostInside}</span><input data-part="line-cap-input" type="number" min="0" step="1" inputmode="numeric"></label><label class="wide"><span>${words.message}</span><input data-part="line-message-input" type="text" maxlength="200"></label><div class="buttons wide"><button class="button quiet" type="submit">${words.set}</button><button class="button quiet" data-part="line-pause" type="button">${words.pause}</button><button class="button quiet" data-part="line-resume" type="button" hidden>${words.resume}</button><button class="button quiet" data-part="line-close" type="button" hidden>${words.close}</button><button class="button quiet" data-part="line-reopen" type="button" hidden>${words.reopen}</button></div></form><p class="toned" data-part="line-notice" role="status"></p><p class="line-links"><a data-part="line-proof" href="/">${words.proof}</a></p></section>`;
}, "/work/wt/line-console/web/src/components/console-line.astro", void 0);
// web/src/components/console-tables.astro
createAstro("https://astro.build");
var $$ConsoleTables = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsoleTables;
	const { orders, report, revenue, audit } = consoleOf(Astro.url.pathname);
	const numeric = (column) => [
		"place",
		"units",
		"total"
	].includes(column) ? "number" : void 0;
	return renderTemplate`${maybeRenderHead($$result)}<section class="panel" data-part="orders"><h2>${orders.heading}</h2><form class="field-row" data-part="orders-form" role="search"><label for="orders-search">${orders.search}</label><input id="orders-search" data-part="orders-search" type="search" maxlength="254" spellcheck="false"><label for="orders-state">${orders.state}</label><select id="orders-state" data-part="orders-state">${Object.entries(orders.filters).map(([value, word]) => renderTemplate`<option${addAttribute(value, "value")}>${word}</option>`)}</select><button class="button quiet" type="submit">${orders.find}</button><button class="button quiet" data-part="orders-csv" type="button">${orders.csv}</button></form><p class="soft" data-part="orders-status" role="status"></p><div class="scroll" tabindex="0" role="region"${addAttribute(orders.heading, "aria-label")}><table><thead><tr>${Object.entries(orders.columns).map(([name, column]) => renderTemplate`<th${addAttribute(numeric(name), "class")} scope="col">${column}</th>`)}</tr></thead><tbody data-part="order-rows"></tbody></table></div><div class="buttons"><button class="button quiet" data-part="orders-first" type="button" hidden>${orders.first}</button><button class="button quiet" data-part="orders-more" type="button" hidden>${orders.more}</button></div></section><section class="panel" data-part="report"><h2>${report.heading}</h2><dl class="settings" data-part="revenue" hidden>${[
		"sold",
		"returned",
		"net"
	].map((name) => renderTemplate`<div><dt>${revenue[name]}</dt><dd${addAttribute(`revenue-${name}`, "data-part")}></dd></div>`)}</dl><p class="soft">${report.lead}</p><div class="buttons"><button class="button quiet" data-part="report-run" type="button">${report.run}</button><span class="buttons" data-part="report-files" hidden><button class="button quiet" data-part="report-json" type="button">${report.json}</button><button class="button quiet" data-part="report-csv" type="button">${report.csv}</button></span></div><p class="toned" data-part="report-status" role="status"></p><div class="scroll" data-part="report-tables" tabindex="0" role="region"${addAttribute(report.heading, "aria-label")} hidden><table><thead><tr>${Object.values(report.columns).map((column) => renderTemplate`<th scope="col">${column}</th>`)}</tr></thead><tbody data-part="identities"></tbody></table><table data-part="differences-table" hidden><thead><tr>${Object.values(report.differences).map((column) => renderTemplate`<th scope="col">${column}</th>`)}</tr></thead><tbody data-part="differences"></tbody></table></div></section><section class="panel" data-part="audit"><h2>${audit.heading}</h2><p class="soft" data-part="audit-status" role="status"></p><ul class="log" data-part="audit-entries"></ul></section>`;
}, "/work/wt/line-console/web/src/components/console-tables.astro", void 0);
// web/src/components/order-dialog.astro
createAstro("https://astro.build");
var $$OrderDialog = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$OrderDialog;
	const words = consoleOf(Astro.url.pathname).order;
	return renderTemplate`${maybeRenderHead($$result)}<dialog class="confirm scroll" data-part="order-dialog" aria-labelledby="order-dialog-heading"><div class="order-dialog"><h2 id="order-dialog-heading" data-part="order-heading" tabindex="-1"></h2><p data-part="order-now"></p><p class="toned" data-part="order-status" role="status"></p><h3>${words.history}</h3><ol class="log" data-part="order-events"></ol><form data-part="cancel-form" novalidate hidden><h3>${words.cancel}</h3><label for="cancel-units">${words.units}</label><input id="cancel-units" data-part="cancel-units" type="number" min="1" step="1" inputmode="numeric"><label for="cancel-where">${words.where}</label><select id="cancel-where" data-part="cancel-where"><option value="on_sale">${words.onSale}</option><option value="withheld">${words.withheld}</option></select><label for="cancel-reason">${words.reason}</label><input id="cancel-reason" data-part="cancel-reason" type="text" maxlength="200" autocomplete="off" aria-describedby="cancel-error"><p class="field-error" id="cancel-error" data-part="cancel-error" role="alert"></p><button class="button" data-part="cancel-submit" type="submit">${words.submit}</button></form><button class="button quiet" data-part="order-close" type="button">${words.close}</button></div></dialog>`;
}, "/work/wt/line-console/web/src/components/order-dialog.astro", void 0);
// web/src/pages/[...locale]/admin/sale/index.astro
var sale_exports = /* @__PURE__ */ __exportAll({
	default: () => $$Index,
	file: () => $$file,
	getStaticPaths: () => getStaticPaths,
	url: () => $$url
});
createAstro("https://astro.build");
var getStaticPaths = localeRoutes;
var $$Index = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$Index;
	const locale = localeOfPath(Astro.url.pathname);
	const texts = consoleIn(locale);
	const { live: words, actions } = texts;
	const technical = words.technical;
	return renderTemplate`${renderComponent($$result, "ConsoleFrame", $$ConsoleFrame, { "title": texts.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<div class="console-head" data-part="sale-head"><div><h1 data-part="sale-name" tabindex="-1">${texts.unknown}</h1>${renderComponent($$result, "Chip", $$Chip, {})}</div><div class="buttons"><button class="button quiet" data-part="pause" type="button" hidden>${actions.pause}</button><button class="button" data-part="resume" type="button" hidden>${actions.resume}</button><a class="button quiet" data-part="edit"${addAttribute(localePath(locale, "/admin/"), "href")} hidden>${actions.edit}</a><a class="button quiet" data-part="clone"${addAttribute(localePath(locale, "/admin/"), "href")} hidden>${actions.clone}</a><button class="button quiet" data-part="end" type="button" hidden>${actions.end}</button></div></div><p class="notice" data-part="notice" role="status" hidden></p><p class="action-notice" data-part="action-notice" role="status" hidden></p><div data-part="live" hidden><svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect data-part="stock-bar" width="0" height="1"></rect></svg><dl class="tiles">${Object.entries(words.tiles).map(([name, word]) => renderTemplate`<div${addAttribute(`tile-${name}`, "data-part")} data-tone="quiet"><dt>${word}${technical[name] && renderTemplate`<small>${technical[name]}</small>`}</dt><dd><span class="value" data-part="value">${texts.unknown}</span><span class="note" data-part="note"></span></dd></div>`)}</dl><p class="soft" data-part="as-of"></p><div class="columns before-opening">${renderComponent($$result, "ConsoleShopPage", $$ConsoleShopPage, {})}${renderComponent($$result, "ConsolePreflight", $$ConsolePreflight, {})}</div><section class="panel" data-part="rates"><h2>${words.rates}</h2><p class="soft">${words.ratesNote}</p><ul class="legend">${Object.entries(words.lines).map(([name, word]) => renderTemplate`<li${addAttribute(`line-${name}`, "class")}${addAttribute(`legend-${name}`, "data-part")}><span>${word}</span> <b${addAttribute(`rate-${name}`, "data-part")}>${texts.unknown}</b>${" "}<span class="soft"${addAttribute(`total-${name}`, "data-part")}>${words.inAll(texts.unknown)}</span></li>`)}</ul><div class="chart" data-part="chart" aria-hidden="true"></div><p class="soft" data-part="no-chart" hidden>${words.noChart}</p></section>${renderComponent($$result, "ConsoleLine", $$ConsoleLine, {})}${renderComponent($$result, "ConsoleLater", $$ConsoleLater, {})}<div class="columns"><section class="panel"><h2>${words.settings}</h2><dl class="settings">${Object.entries(words.set).map(([name, word]) => renderTemplate`<div><dt>${word}${technical[name] && renderTemplate`<small>${technical[name]}</small>`}</dt><dd${addAttribute(`set-${name}`, "data-part")}></dd></div>`)}</dl><form class="field-row" data-part="allocation-form" novalidate hidden><label for="allocation">${actions.allocation}</label><input id="allocation" data-part="allocation" type="number" min="1" step="1" inputmode="numeric"><button class="button quiet" type="submit">${actions.allocate}</button></form></section><section class="panel" data-part="recoveries-panel"><h2>${words.recoveries}</h2><p class="soft" data-part="no-recoveries">${words.noRecoveries}</p><ul class="log" data-part="recoveries"></ul></section></div>${renderComponent($$result, "ConsoleTables", $$ConsoleTables, {})}<details class="panel"><summary>${words.meaning}</summary><dl class="meanings">${words.meanings.map(([word, sentence]) => renderTemplate`<div><dt>${word}</dt><dd>${sentence}</dd></div>`)}</dl></details></div>${renderComponent($$result, "ConfirmDialog", $$ConfirmDialog, {})}${renderComponent($$result, "OrderDialog", $$OrderDialog, {})}${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/admin/sale/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/admin/sale/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/admin/sale/index.astro";
var $$url = "/[...locale]/admin/sale";
// \0virtual:astro:page:src/pages/[...locale]/admin/sale/index@_@astro
var page = () => sale_exports;
export { page };
