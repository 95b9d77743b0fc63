import type { Fault } from "../fault.ts";
import { adoptions } from "./adoptions.ts";
import { changes } from "./changes.ts";
import { clocks } from "./clocks.ts";
import { crashes } from "./crashes.ts";
import { extensions } from "./extensions.ts";
import { frozen } from "./frozen.ts";
import { mails } from "./mails.ts";
import { guardians } from "./guardians.ts";
import { messages } from "./messages.ts";
import { quickRecoveries } from "./quick-recoveries.ts";
import { redisLost } from "./redis-lost.ts";
import { refusals } from "./refusals.ts";
import { returns } from "./returns.ts";
import { settings } from "./settings.ts";
import { stores } from "./stores.ts";
import { webhooks } from "./webhooks.ts";

/** Every fault of the design's section 10, and those found beside them; the slow ones first, so that none ends late. */
export const catalogue: readonly Fault[] = [
  ...guardians,
  ...stores,
  ...mails,
  ...webhooks,
  ...extensions,
  ...adoptions,
  ...returns,
  ...settings,
  ...refusals,
  ...crashes,
  ...frozen,
  ...redisLost,
  ...quickRecoveries,
  ...messages,
  ...clocks,
  ...changes,
];
