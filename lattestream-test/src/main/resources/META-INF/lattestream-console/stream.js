const RECONNECT_DELAY = 2000;

/**
 * Receives the messages of the engine. After a lost connection the browser reconnects automatically and sends its last
 * position. After an error response it does not, so that this function reconnects.
 */
export function listen({ hello, entries, state, lost }, last = "") {
  const source = new EventSource(`/console/stream?last=${encodeURIComponent(last)}`);
  source.addEventListener("hello", ({ data }) => hello(JSON.parse(data)));
  source.addEventListener("entries", ({ data, lastEventId }) => {
    last = lastEventId;
    entries(JSON.parse(data));
  });
  source.addEventListener("state", ({ data }) => state(JSON.parse(data)));
  source.addEventListener("error", () => {
    lost();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ hello, entries, state, lost }, last), RECONNECT_DELAY);
    }
  });
}
