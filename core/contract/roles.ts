export const roles = ["shopper", "viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];
