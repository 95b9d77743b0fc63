import type { Shopper } from "./shopper.ts";

/** WCAG 2.2, 2.5.8: the least size of what is clicked or tapped, in CSS pixels. */
const LEAST_TARGET_PX = 24;

/**
 * What is wrong with how the open page lies on the screen: wider than it, text that is cut off or lies on other text, and
 * targets that are too small to hit. Measured in the page, on what is visible there.
 */
export const layoutFaults = ({ page }: Shopper): Promise<string[]> => page.evaluate<string[]>(measure);

/** The visible pieces of text in the page's main part. */
export const visibleTexts = ({ page }: Shopper): Promise<string[]> =>
  page.evaluate<string[]>(`${helpers}; pieces(document.querySelector("main")).map(({ text }) => text)`);

/** Runs in the page; as text, because these tests are typed without a DOM. */
const helpers = `
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".visually-hidden, .skip, [aria-hidden=true]");
  const nameOf = (element) =>
    element.tagName.toLowerCase() + "[" + (element.dataset.part ?? element.className) + "] " +
    (element.textContent ?? "").trim().slice(0, 40);
  function pieces(root) {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.trim();
      const { parentElement } = node;
      if (text === "" || !isSeen(parentElement) || parentElement.closest("option, noscript, script")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push({ text, parentElement, rects: [...range.getClientRects()] });
    }
    return found;
  }
`;

const measure = `(() => {
  ${helpers}
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width)
    faults.push("wider than the screen: " + document.documentElement.scrollWidth + " > " + width);

  const isScrolled = (element) => element.closest(".scroll") !== null;
  // What lies under an open dialog is meant to.
  const root = document.querySelector("dialog[open]") ?? document;
  const texts = pieces(root);
  for (const { parentElement, rects, text } of texts) {
    if (isScrolled(parentElement)) continue;
    for (let box = parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === "visible") continue;
      const edge = box.getBoundingClientRect();
      if (box !== document.documentElement && rects.some((r) => r.right > edge.right + 1 || r.bottom > edge.bottom + 1))
        faults.push("cut off: " + text);
    }
    if (rects.some((r) => r.right > width + 1 || r.left < -1)) faults.push("off the screen: " + text);
  }
  // A line's box is higher than its letters, by about an eighth above and below.
  const letters = ({ left, right, top, bottom, height }) =>
    ({ left, right, top: top + height / 8, bottom: bottom - height / 8 });
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(letters(a).bottom, letters(b).bottom) - Math.max(letters(a).top, letters(b).top) > 2;
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1))
      if (one.rects.some((a) => other.rects.some((b) => overlap(a, b))))
        faults.push("on top of each other: " + one.text + " / " + other.text);
  });

  for (const element of root.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (!isSeen(element)) continue;
    const { width, height } = element.getBoundingClientRect();
    if (Math.min(width, height) < ${LEAST_TARGET_PX})
      faults.push("too small a target: " + nameOf(element) + " " + Math.round(width) + "x" + Math.round(height));
  }
  return faults;
})()`;
