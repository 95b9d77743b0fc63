import { aDraw } from "./draw.ts";
import { aBoundRoom, aRoom, aSettledRoom } from "./room.ts";

/** Lawful lines that tests tamper with: each is published right. */
export const room = aRoom();
export const draw = aDraw();
/** Whose log binds its orders, and what became of them. */
export const boundRoom = aBoundRoom();
export const settledRoom = aSettledRoom();
