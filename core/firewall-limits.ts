/** Purchases that the firewall lets through from one address: a hundred colleagues sit behind one. */
export const FIREWALL_PURCHASES = { most: 300, windowSeconds: 60 } as const;
