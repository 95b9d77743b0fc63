import { g as maybeRenderHead, h as renderTemplate } from "./server_BsBknl2N.mjs";
import { a as createAstro, n as wordsOf, o as createComponent } from "./base_Ex9HlZyp.mjs";
// web/src/components/order-facts.astro
createAstro("https://astro.build");
var $$OrderFacts = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$OrderFacts;
	const words = wordsOf(Astro.url.pathname).pages.sale;
	return renderTemplate`${maybeRenderHead($$result)}<dl class="facts order-facts" data-part="order-facts" hidden><div><dt>${words.place}</dt><dd data-part="order-place"></dd></div><div><dt>${words.units}</dt><dd data-part="order-units"></dd></div><div data-part="order-total-row" hidden><dt>${words.total}</dt><dd data-part="order-total"></dd></div><div class="wide"><dt>${words.reserved}</dt><dd data-part="order-reserved"></dd></div><div class="wide"><dt>${words.orderId}</dt><dd class="id" data-part="order-id"></dd></div></dl>`;
}, "/work/wt/line-console/web/src/components/order-facts.astro", void 0);
export { $$OrderFacts as t };
