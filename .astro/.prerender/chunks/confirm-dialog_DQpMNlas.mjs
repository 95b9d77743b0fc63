import { g as maybeRenderHead, h as renderTemplate } from "./server_BsBknl2N.mjs";
import { a as createAstro, o as createComponent } from "./base_Ex9HlZyp.mjs";
import { r as consoleOf } from "./console-frame_CPwArnow.mjs";
// web/src/components/confirm-dialog.astro
createAstro("https://astro.build");
var $$ConfirmDialog = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConfirmDialog;
	const words = consoleOf(Astro.url.pathname).actions;
	return renderTemplate`${maybeRenderHead($$result)}<dialog class="confirm" data-part="confirm" aria-labelledby="confirm-text"><form data-part="confirm-form" novalidate><h2 id="confirm-text" data-part="confirm-text"></h2><label for="confirm-name">${words.confirmLabel} <strong data-part="confirm-expected"></strong></label><input id="confirm-name" data-part="confirm-name" type="text" autocomplete="off" spellcheck="false" aria-describedby="confirm-error"><p class="field-error" id="confirm-error" data-part="confirm-error" role="alert"></p><div class="buttons"><button class="button" data-part="confirm-action" type="submit">${words.end}</button><button class="button quiet" data-part="confirm-cancel" type="button">${words.cancel}</button></div></form></dialog>`;
}, "/work/wt/line-console/web/src/components/confirm-dialog.astro", void 0);
export { $$ConfirmDialog as t };
