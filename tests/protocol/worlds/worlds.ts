import { adopting } from "./adopting.ts";
import { askingAgain } from "./asking-again.ts";
import { cancelling } from "./cancelling.ts";
import { changeInRebuild } from "./change-in-rebuild.ts";
import { closing } from "./closing.ts";
import { delayedChange } from "./delayed-change.ts";
import { freezing } from "./freezing.ts";
import { guarding } from "./guarding.ts";
import { numbers } from "./numbers.ts";
import { refusing } from "./refusing.ts";
import { relaying } from "./relaying.ts";
import { returning } from "./returning.ts";
import type { StoryWorld } from "./story-world.ts";

/** All story worlds, in the order in which `docs/protocol.md` tells of them. */
export const storyWorlds: readonly StoryWorld[] = [
  askingAgain,
  numbers,
  freezing,
  relaying,
  adopting,
  refusing,
  cancelling,
  returning,
  guarding,
  changeInRebuild,
  delayedChange,
  closing,
];
