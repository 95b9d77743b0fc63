/**
 * Purchases that the firewall lets through from one address: a hundred colleagues sit behind one. A purchase that is told to ask
 * again comes some ten times in its first minute, and a few for each later one.
 */
export const FIREWALL_PURCHASES = { most: 1_200, windowSeconds: 60 } as const;
