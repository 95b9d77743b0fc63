/**
 * Holds answers back until all requests that have arrived are served, and then sends them one after the other.
 *
 * An answer that is sent alone wakes its client, which takes as much of both processors as the request itself; while
 * many are sent, a client stays awake. A lone answer waits for nothing but the end of the present turn of the event loop.
 */
export function answersTogether(): (send: () => void) => void {
  let waiting: (() => void)[] = [];
  const sendAll = () => {
    const ready = waiting;
    waiting = [];
    for (const send of ready) send();
  };
  return (send) => {
    if (waiting.push(send) === 1) setImmediate(sendAll);
  };
}
