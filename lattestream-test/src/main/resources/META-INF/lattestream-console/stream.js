const WAIT = 2000;

/**
 * Hears what the engine sends. The browser comes back by itself after a lost connection, and says where it was; after a
 * refusal it does not, so that is done here.
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
      setTimeout(() => listen({ hello, entries, state, lost }, last), WAIT);
    }
  });
}
