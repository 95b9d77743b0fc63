import { g as maybeRenderHead, h as renderTemplate } from "./server_BsBknl2N.mjs";
import { a as createAstro, n as wordsOf, o as createComponent } from "./base_Ex9HlZyp.mjs";
// web/src/components/signed-in.astro
createAstro("https://astro.build");
var $$SignedIn = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$SignedIn;
	const words = wordsOf(Astro.url.pathname).pages.sale;
	return renderTemplate`${maybeRenderHead($$result)}<p class="signed-in" data-part="signed-in" hidden><span data-part="signed-in-as">${words.signedIn}</span>${" "}<button class="link-button" data-part="sign-out" type="button">${words.signOut}</button></p>`;
}, "/work/wt/line-console/web/src/components/signed-in.astro", void 0);
export { $$SignedIn as t };
