import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, l as Fragment, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$SaleArticle } from "./line_BRBXe6pX.mjs";
import "./sale_CPLqPFDy.mjs";
import { i as localeRoutes, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/preview/index.astro
var preview_exports = /* @__PURE__ */ __exportAll({
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
	const words = pages.preview;
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, {
		"default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<aside class="preview needs-script"${addAttribute(words.title, "aria-label")}><p><strong>${words.heading}</strong></p><p data-part="preview-body">${words.loading}</p><label data-part="moment-label" hidden>${words.moment}<select data-part="moment">${Object.entries(words.moments).map(([value, text]) => renderTemplate`<option${addAttribute(value, "value")}>${text}</option>`)}</select></label><a class="button quiet" data-part="real-page"${addAttribute(localePath(locale, "/"), "href")} hidden>${words.realPage}</a></aside>${renderComponent($$result, "SaleArticle", $$SaleArticle, {})}${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/preview/index.astro?astro&type=script&index=0&lang.ts")}`,
		"head": ($$result) => renderTemplate`${renderComponent($$result, "Fragment", Fragment, { "slot": "head" }, { "default": ($$result) => renderTemplate`<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">` })}`
	})}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/preview/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/preview/index.astro";
var $$url = "/[...locale]/preview";
// \0virtual:astro:page:src/pages/[...locale]/preview/index@_@astro
var page = () => preview_exports;
export { page };
