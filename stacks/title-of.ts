/** The component of something that core/topology.ts names: `warmUp` is WarmUp. */
export const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
