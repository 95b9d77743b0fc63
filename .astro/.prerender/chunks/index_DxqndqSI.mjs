import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, n as templateEnter, r as templateExit, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { t as $$SignIn } from "./sale_CPLqPFDy.mjs";
import { t as $$SignedIn } from "./signed-in_DIMZkhDg.mjs";
import { i as localeRoutes, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/orders/index.astro
var orders_exports = /* @__PURE__ */ __exportAll({
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
	const { locale, pages } = wordsOf(Astro.url.pathname);
	const words = pages.orders;
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<section class="orders" data-part="orders" data-state="loading" aria-labelledby="orders-heading"><h1 id="orders-heading" data-part="heading" tabindex="-1" aria-describedby="orders-notice">${words.title}</h1><p class="panel-body" id="orders-notice" data-part="notice"></p>${renderComponent($$result, "SignIn", $$SignIn, { "level": 2 })}<ol class="order-list" data-part="order-list" hidden></ol><p><a class="button quiet"${addAttribute(localePath(locale, "/"), "href")}>${pages.sale.toList}</a></p>${renderComponent($$result, "SignedIn", $$SignedIn, {})}</section><template data-part="order-card">${templateEnter($$result)}<li class="order-card"><div class="art" data-part="art"></div><div class="order-words">${renderComponent($$result, "Chip", $$Chip, {})}<h2><a data-part="order-link"></a></h2><p class="panel-more" data-part="reason" hidden></p><p class="order-when" data-part="when"></p></div><dl class="order-numbers"><div><dt>${words.place}</dt><dd data-part="place"></dd></div><div><dt>${words.units}</dt><dd data-part="units"></dd></div><div><dt>${words.price}</dt><dd data-part="price"></dd></div></dl></li>${templateExit($$result)}</template>${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/orders/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/orders/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/orders/index.astro";
var $$url = "/[...locale]/orders";
// \0virtual:astro:page:src/pages/[...locale]/orders/index@_@astro
var page = () => orders_exports;
export { page };
