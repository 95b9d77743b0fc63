import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { t as $$OrderFacts } from "./order-facts_KQD0oelq.mjs";
import { t as $$SignIn } from "./sale_CPLqPFDy.mjs";
import { t as $$SignedIn } from "./signed-in_DIMZkhDg.mjs";
import { i as localeRoutes, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/order/index.astro
var order_exports = /* @__PURE__ */ __exportAll({
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
	const { locale, pages, faces } = wordsOf(Astro.url.pathname);
	const words = pages.order;
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<article class="receipt needs-script" data-part="order" data-state="loading"><div class="art" data-part="art"></div><div class="receipt-words">${renderComponent($$result, "Chip", $$Chip, {})}<h1 data-part="heading" tabindex="-1" aria-describedby="result-body">${faces.loading.heading}</h1><p class="panel-body" id="result-body" data-part="body">${faces.loading.body}</p><p class="panel-more" data-part="more" hidden></p>${renderComponent($$result, "SignIn", $$SignIn, { "level": 2 })}<p class="receipt-sale" data-part="sale-line" hidden><span data-part="sale-name"></span><span data-part="order-price"></span></p>${renderComponent($$result, "OrderFacts", $$OrderFacts, {})}<p class="ways-on"><a class="button quiet" data-part="sale-link"${addAttribute(localePath(locale, "/"), "href")}>${pages.sale.toList}</a><a class="button quiet"${addAttribute(localePath(locale, "/orders/"), "href")}>${pages.orders.all}</a></p>${renderComponent($$result, "SignedIn", $$SignedIn, {})}</div></article>${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/order/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/order/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/order/index.astro";
var $$url = "/[...locale]/order";
// \0virtual:astro:page:src/pages/[...locale]/order/index@_@astro
var page = () => order_exports;
export { page };
