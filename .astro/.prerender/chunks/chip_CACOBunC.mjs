import { g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, n as wordsOf, o as createComponent } from "./base_Ex9HlZyp.mjs";
// web/src/components/chip.astro
createAstro("https://astro.build");
var $$Chip = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$Chip;
	const { chip, icon, tone } = wordsOf(Astro.url.pathname).faces.loading;
	return renderTemplate`${maybeRenderHead($$result)}<p class="chip" data-part="chip"${addAttribute(tone, "data-tone")}><svg aria-hidden="true"><use data-part="chip-icon"${addAttribute(`#icon-${icon}`, "href")}></use></svg><span data-part="chip-text">${chip}</span></p>`;
}, "/work/wt/line-console/web/src/components/chip.astro", void 0);
export { $$Chip as t };
