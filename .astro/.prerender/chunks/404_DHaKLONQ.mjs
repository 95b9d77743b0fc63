import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, l as Fragment } from "./server_BsBknl2N.mjs";
import { o as createComponent, r as pages, t as $$Base } from "./base_Ex9HlZyp.mjs";
// web/src/pages/404.astro
var _404_exports = /* @__PURE__ */ __exportAll({
	default: () => $$404,
	file: () => $$file,
	url: () => $$url
});
var $$404 = createComponent(($$result, $$props, $$slots) => {
	const words = pages.missing;
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, {
		"default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<section class="plain"><p class="overline">404</p><h1>${words.heading}</h1><p>${words.body}</p><p><a class="button" href="/">${pages.sale.toList}</a></p></section>`,
		"head": ($$result) => renderTemplate`${renderComponent($$result, "Fragment", Fragment, { "slot": "head" }, { "default": ($$result) => renderTemplate`<meta name="robots" content="noindex">` })}`
	})}`;
}, "/work/wt/line-console/web/src/pages/404.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/404.astro";
var $$url = "/404";
// \0virtual:astro:page:src/pages/404@_@astro
var page = () => _404_exports;
export { page };
