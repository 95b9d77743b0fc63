/** The modes in which people stand in line. */
export const lineModes = ["waiting_room", "draw"] as const;
export type LineMode = (typeof lineModes)[number];
