declare module "cluster-key-slot" {
  /** The slot of a key, by the hash tag in it if there is one. */
  export default function calculateSlot(key: string): number;
}
