import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, n as wordsOf, o as createComponent } from "./base_Ex9HlZyp.mjs";
import { a as plainPath, r as localePath } from "./shared_BBMJh1-A.mjs";
import { t as $$SignIn } from "./sale_CPLqPFDy.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { t as $$OrderFacts } from "./order-facts_KQD0oelq.mjs";
import { t as $$SignedIn } from "./signed-in_DIMZkhDg.mjs";
// web/src/components/line-more.astro
createAstro("https://astro.build");
var $$LineMore = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$LineMore;
	const words = wordsOf(Astro.url.pathname).pages.line;
	return renderTemplate`${maybeRenderHead($$result)}<div class="line" data-part="line-more" hidden><dl class="facts line-facts">${Object.entries(words.facts).map(([name, word]) => renderTemplate`<div${addAttribute(`line-${name}-row`, "data-part")} hidden><dt>${word}</dt><dd${addAttribute(`line-${name}`, "data-part")}></dd></div>`)}</dl><p class="line-ways"><a data-part="proof-link" href="/">${words.proof}</a><button class="link-button" data-part="leave" type="button" hidden>${words.leave}</button></p></div>`;
}, "/work/wt/line-console/web/src/components/line-more.astro", void 0);
// web/src/components/line-panel.astro
createAstro("https://astro.build");
var $$LinePanel = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$LinePanel;
	const words = wordsOf(Astro.url.pathname).pages.line;
	return renderTemplate`${maybeRenderHead($$result)}<div class="line" data-part="line" hidden><p class="line-alarm" data-part="line-alarm" role="alert" hidden></p><p class="turn-clock" data-part="turn-clock" role="timer" hidden><b data-part="turn-left"></b> <span data-part="turn-until"></span></p><p class="line-grown" data-part="line-grown" hidden></p><p class="line-grown" data-part="leave-failed" role="status" hidden></p><p class="notice" data-part="line-message" hidden></p><form class="buy-form" data-part="join-form" hidden><label data-part="join-quantity-label" hidden>${words.quantity}<select data-part="join-quantity"></select></label><button class="button big" type="submit">${words.join}</button></form><div class="check" data-part="check" role="group"${addAttribute(words.check.name, "aria-label")} hidden><progress data-part="check-progress" max="1" value="0"${addAttribute(words.check.progress, "aria-label")}></progress><button class="button" data-part="join-without-check" type="button" aria-describedby="slower-lane">${words.check.without}</button><p class="hint" id="slower-lane">${words.check.slower}</p><button class="link-button" data-part="cancel-join" type="button">${words.check.cancel}</button></div></div>`;
}, "/work/wt/line-console/web/src/components/line-panel.astro", void 0);
// web/src/components/sale-article.astro
createAstro("https://astro.build");
var $$SaleArticle = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$SaleArticle;
	const { locale, pages, faces } = wordsOf(Astro.url.pathname);
	const words = pages.sale;
	return renderTemplate`${maybeRenderHead($$result)}<article class="sale" data-part="sale" data-state="loading"><div class="art" data-part="art"></div><div class="sale-words">${renderComponent($$result, "Chip", $$Chip, {})}<h1 data-part="name" data-fill="name">${words.title}</h1><p class="price" data-part="price" data-fill="price"></p><section class="panel needs-script" aria-labelledby="result"><h2 id="result" data-part="heading" data-fill="heading" tabindex="-1" aria-describedby="result-body">${faces.loading.heading}</h2><div class="countdown" data-part="timer" role="timer"${addAttribute(words.countdown, "aria-label")} hidden>${[
		"days",
		"hours",
		"minutes",
		"seconds"
	].map((unit) => renderTemplate`<span${addAttribute(`${unit}-box`, "data-part")}><b${addAttribute(unit, "data-part")}>00</b><small>${words[unit]}</small></span>`)}</div><p class="panel-body" id="result-body" data-part="body" data-fill="body">${faces.loading.body}</p><p class="panel-more" data-part="more" hidden></p>${renderComponent($$result, "LinePanel", $$LinePanel, {})}${renderComponent($$result, "OrderFacts", $$OrderFacts, {})}<p class="holding" data-part="holding" hidden></p><button class="button quiet" data-part="more-offer" type="button" hidden>${words.more}</button><form class="buy-form" data-part="buy-form" hidden><label data-part="quantity-label" hidden>${words.quantity}<select data-part="quantity"></select></label><button class="button big" data-part="buy" type="submit">${words.buy}</button></form>${renderComponent($$result, "LineMore", $$LineMore, {})}<button class="button quiet" data-part="stop" type="button" hidden>${words.stop}</button><a class="button quiet" data-part="order-link"${addAttribute(localePath(locale, "/order/"), "href")} hidden>${words.toOrder}</a><a class="button quiet" data-part="list-link"${addAttribute(localePath(locale, "/"), "href")} hidden>${words.toList}</a>${renderComponent($$result, "SignIn", $$SignIn, {})}<a class="calendar" data-part="calendar"${addAttribute(plainPath(locale), "href")} hidden>${words.calendar}</a><div class="stock" data-part="stock" hidden><svg aria-hidden="true"><rect data-part="stock-bar" width="0" height="100%"></rect></svg><p data-part="ends-in" role="timer" hidden></p><p><b data-part="stock-left"></b> <span data-part="stock-as-of"></span></p></div>${renderComponent($$result, "SignedIn", $$SignedIn, {})}</section><section class="about" data-part="about" data-fill="about"${addAttribute(words.details, "aria-label")} hidden><p data-part="description" data-fill="description"></p><dl class="facts"><div><dt>${words.opens}</dt><dd data-part="opens" data-fill="opens"></dd></div><div data-part="ends-row" data-fill="ends-row" hidden><dt>${words.ends}</dt><dd data-part="ends" data-fill="ends"></dd></div><div><dt>${words.limit}</dt><dd data-part="limit" data-fill="limit"></dd></div></dl></section></div></article>`;
}, "/work/wt/line-console/web/src/components/sale-article.astro", void 0);
export { $$SaleArticle as t };
