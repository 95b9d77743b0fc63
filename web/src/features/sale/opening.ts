/** So long after the start Buy appears: a page's clock may be ahead of the gate's, which refuses who comes early. */
export const OPENING_MS = 500;
