import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { comparable, type Explored, rowsOf, sectionOf } from "./document.ts";
import { exploreAll } from "./explore-world.ts";
import { storyWorlds, type WorldId } from "./worlds/worlds.ts";

const TIME_LIMIT_MS = 120_000;
const document = comparable(readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8"));

/** Explores worlds, each whole, and compares what is told of them. */
export function testWorlds(ids: readonly WorldId[]): void {
  describe.each(ids)("%s", (id) => {
    let explored: Explored | undefined;

    it(
      `breaks no law, whatever the order: ${storyWorlds[id].name}`,
      () => {
        explored = exploreAll(id);
        const { story } = explored.whole;
        expect(story && [story.law, story.why, ...story.lines]).toBeNull();
      },
      TIME_LIMIT_MS,
    );

    it("would break one without each of its mechanisms, as docs/protocol.md tells", () => {
      expect(explored?.without.map(({ breaks, story }) => [breaks, story.law])).toEqual(
        storyWorlds[id].without.map(({ breaks }) => [breaks, breaks]),
      );
      const hint = "run `npm run explore -- --write`";
      expect(document, hint).toContain(comparable(rowsOf(explored!)));
      expect(document, hint).toContain(comparable(sectionOf(explored!)));
    });
  });
}
