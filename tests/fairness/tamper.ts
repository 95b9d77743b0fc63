import { hashOf } from "./protocol.ts";
import type { Files, News, Order, World } from "./world.ts";

/** What was tampered with, the line as it is then, and what the script says of it. */
export type TamperedWorld = readonly [what: string, world: World, sentence: string];

/** A change to each line that is chosen. The hashes are right again: who tampers would see to that. */
export const withNews = (
  world: World,
  isChosen: (line: News, index: number) => boolean,
  change: (line: News) => News[],
): World => {
  const news = world.news.flatMap((line, index) => (isChosen(line, index) ? change(line) : [line]));
  if (JSON.stringify(news) === JSON.stringify(world.news)) throw new Error("nothing was changed");
  return { ...world, news };
};
export const isKind = (kind: string, list?: number) => (line: News) =>
  line.kind === kind && (list === undefined || line["list"] === list);
export const isStep = (step: number) => (line: News) => line.kind === "step" && line["step"] === step;
export const edit = (world: World, isChosen: (line: News) => boolean, fields: object): World =>
  withNews(world, isChosen, (line) => [{ ...line, ...fields }]);
export const withOrder = (world: World, index: number, change: Partial<Order>): World => ({
  ...world,
  orders: world.orders.map((order, n) => (n === index ? { ...order, ...change } : order)),
});

/** The same files with other texts of the log, of one page, and the hashes that follow. */
export function withLogText(files: Files, change: (text: string) => string): Files {
  let prev = "0".repeat(64);
  const texts = (files["/log/0"] as string).trimEnd().split("\n");
  const changed = texts.map((text) => {
    const hashed = change(text).replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
    prev = hashOf(hashed);
    return `${hashed}\n`;
  });
  const index = files[""] as { readonly log: object };
  return {
    ...files,
    "": { ...index, log: { ...index.log, hash: prev } },
    "/log/0": changed.join(""),
  };
}
