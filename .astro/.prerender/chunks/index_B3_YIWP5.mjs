import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, n as templateEnter, r as templateExit, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { i as localeRoutes } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/index.astro
var ____locale__exports = /* @__PURE__ */ __exportAll({
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
	const { pages } = wordsOf(Astro.url.pathname);
	const words = pages.list;
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<div class="list-head"><h1>${words.heading}</h1><p class="lead">${words.lead}</p></div><section data-part="sale-list" data-state="loading"${addAttribute(words.title, "aria-label")}><p class="notice needs-script" data-part="notice">${words.loading}</p><ul class="sales" data-part="sales"></ul></section><section class="past" data-part="past-list"${addAttribute(words.past, "aria-label")} hidden><ul class="sales" data-part="past-sales"></ul><p class="notice" data-part="past-notice" role="status" hidden></p><button class="quiet" type="button" data-part="past-more">${words.past}</button></section><template data-part="card">${templateEnter($$result)}<li class="card" data-part="sale-card"><div class="art" data-part="art"></div><div class="card-words">${renderComponent($$result, "Chip", $$Chip, {})}<h2><a data-part="sale-link"></a></h2><p class="card-price" data-part="price"></p><p class="card-line" data-part="line"></p></div></li>${templateExit($$result)}</template>${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/index.astro";
var $$url = "/[...locale]";
// \0virtual:astro:page:src/pages/[...locale]/index@_@astro
var page = () => ____locale__exports;
export { page };
