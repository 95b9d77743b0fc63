import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, h as renderTemplate } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$SaleArticle } from "./line_BRBXe6pX.mjs";
import "./sale_CPLqPFDy.mjs";
import { i as localeRoutes } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/sale/index.astro
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
	const { pages } = wordsOf(Astro.url.pathname);
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": pages.sale.title }, { "default": ($$result) => renderTemplate`${renderComponent($$result, "SaleArticle", $$SaleArticle, {})}${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/sale/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/sale/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/sale/index.astro";
var $$url = "/[...locale]/sale";
// \0virtual:astro:page:src/pages/[...locale]/sale/index@_@astro
var page = () => sale_exports;
export { page };
