import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, n as templateEnter, r as templateExit, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, o as createComponent } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { n as consoleIn, t as $$ConsoleFrame } from "./console-frame_CPwArnow.mjs";
import { i as localeRoutes, n as localeOfPath, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/pages/[...locale]/admin/index.astro
var admin_exports = /* @__PURE__ */ __exportAll({
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
	const words = texts.list;
	const { name, phase, visibility, ...numbers } = words.columns;
	const technical = words.technical;
	return renderTemplate`${renderComponent($$result, "ConsoleFrame", $$ConsoleFrame, { "title": texts.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<div class="console-head"><h1>${words.heading}</h1><a class="button" data-part="new-sale"${addAttribute(localePath(locale, "/admin/edit/"), "href")} hidden>${words.create}</a></div><form class="search-row" data-part="sales-form" role="search" tabindex="-1"><div class="field"><label for="sales-search">${words.search.search}</label><input id="sales-search" name="search" type="search" maxlength="120" spellcheck="false"></div><div class="field"><label for="sales-phase">${phase}</label><select id="sales-phase" name="phase"><option value="">${words.search.all}</option>${Object.entries(words.search.phases).map(([value, word]) => renderTemplate`<option${addAttribute(value, "value")}>${word}</option>`)}</select></div><div class="field"><label for="sales-visibility">${visibility}</label><select id="sales-visibility" name="visibility">${Object.entries(words.search.visibilities).map(([value, word]) => renderTemplate`<option${addAttribute(value, "value")}>${word}</option>`)}</select></div><button class="button quiet" type="submit">${words.search.find}</button></form><p class="notice" data-part="notice" role="status" hidden></p><p class="soft" data-part="sales-status"></p><div class="scroll" tabindex="0" role="region"${addAttribute(words.heading, "aria-label")}><table><thead><tr><th scope="col">${name}</th><th scope="col">${phase}</th><th scope="col">${visibility}</th>${Object.entries(numbers).map(([key, word]) => renderTemplate`<th scope="col"${addAttribute(key === "starts" ? "" : "number", "class")}>${word}${technical[key] && renderTemplate`<small>${technical[key]}</small>`}</th>`)}</tr></thead><tbody data-part="sale-rows"></tbody></table></div><div class="buttons"><button class="button quiet" data-part="sales-first" type="button" hidden>${words.search.first}</button><button class="button quiet" data-part="sales-more" type="button" hidden>${words.search.more}</button></div><template data-part="sale-row">${templateEnter($$result)}<tr><th scope="row"><a data-part="sale-link"></a></th><td>${renderComponent($$result, "Chip", $$Chip, {})}</td><td class="soft" data-part="visibility"></td><td class="number" data-part="sold"></td><td class="number" data-part="available"></td><td class="number" data-part="allocated"></td><td class="number" data-part="rows"></td><td class="number" data-part="outbox"></td><td class="soft" data-part="starts"></td></tr>${templateExit($$result)}</template>${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/admin/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/admin/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/admin/index.astro";
var $$url = "/[...locale]/admin";
// \0virtual:astro:page:src/pages/[...locale]/admin/index@_@astro
var page = () => admin_exports;
export { page };
