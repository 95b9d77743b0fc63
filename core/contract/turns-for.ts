/**
 * Not everybody whose turn comes buys. So more are let in than there are units; not many more: a turn without a unit is a
 * wait for nothing.
 */
const TURNS_PER_UNIT = 1.5;

/** How many turns may run at once with so many units that nobody has; `isUnitEach`: each has a unit of its own. */
export const turnsFor = (available: number, isUnitEach = false): number =>
  Math.ceil(available * (isUnitEach ? 1 : TURNS_PER_UNIT));
