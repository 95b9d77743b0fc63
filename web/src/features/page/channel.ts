/** Talk between the tabs of this site in one browser. */
export type Channel<T> = {
  say: (message: T) => void;
  hear: (listener: (message: T) => void) => void;
  close: () => void;
};

export function openChannel<T>(name: string): Channel<T> {
  const channel = new BroadcastChannel(name);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel never leaves its origin
    say: (message) => channel.postMessage(message),
    hear: (listener) => channel.addEventListener("message", ({ data }: MessageEvent<T>) => listener(data)),
    close: () => channel.close(),
  };
}
