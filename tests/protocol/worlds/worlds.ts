import { adopting } from "./adopting.ts";
import { adoptingLate } from "./adopting-late.ts";
import { archiving, returningLate } from "./archiving.ts";
import { askingAgain } from "./asking-again.ts";
import { cancelling } from "./cancelling.ts";
import { changeInRebuild } from "./change-in-rebuild.ts";
import { closing } from "./closing.ts";
import { delayedChange } from "./delayed-change.ts";
import { freezing } from "./freezing.ts";
import { guarding } from "./guarding.ts";
import { joining } from "./joining.ts";
import { lapsing } from "./lapsing.ts";
import { lettingIn } from "./letting-in.ts";
import { lostInTurn } from "./lost-in-turn.ts";
import { numbers } from "./numbers.ts";
import {
  expiringThroughALoss,
  ghostHold,
  givingUp,
  lastMoment,
  openingLate,
  payingThroughALoss,
  payingTwice,
  silentProvider,
  staffCancels,
  unwillingBank,
} from "../paid/worlds.ts";
import { givingBackTwice, paidOtherwise, refundedElsewhere } from "../refunds/world.ts";
import { passingOn } from "./passing-on.ts";
import { refusing } from "./refusing.ts";
import { relaying } from "./relaying.ts";
import { returning } from "./returning.ts";
import type { StoryWorld } from "./story-world.ts";

/** All story worlds by their ids, in the order in which `docs/protocol.md` tells of them. */
export const storyWorlds = {
  "asking-again": askingAgain,
  numbers,
  freezing,
  relaying,
  adopting,
  refusing,
  cancelling,
  returning,
  guarding,
  "change-in-rebuild": changeInRebuild,
  "delayed-change": delayedChange,
  closing,
  archiving,
  "returning-late": returningLate,
  joining,
  "letting-in": lettingIn,
  lapsing,
  "lost-in-turn": lostInTurn,
  "passing-on": passingOn,
  "adopting-late": adoptingLate,
  "last-moment": lastMoment,
  "opening-late": openingLate,
  "giving-up": givingUp,
  "staff-cancels": staffCancels,
  "paying-through-a-loss": payingThroughALoss,
  "expiring-through-a-loss": expiringThroughALoss,
  "ghost-hold": ghostHold,
  "paying-twice": payingTwice,
  "unwilling-bank": unwillingBank,
  "silent-provider": silentProvider,
  "giving-back-twice": givingBackTwice,
  "refunded-elsewhere": refundedElsewhere,
  "paid-otherwise": paidOtherwise,
} as const satisfies Readonly<Record<string, StoryWorld>>;

export type WorldId = keyof typeof storyWorlds;
export const worldIds = Object.keys(storyWorlds) as WorldId[];
