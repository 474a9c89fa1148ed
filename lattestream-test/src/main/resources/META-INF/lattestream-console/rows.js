// The texts of an entry, shared by the list, the details and screen reader announcements.

export const KINDS = { call: "API call", event: "Event", connection: "Connection", webhook: "Webhook", note: "Note" };

const SHORT = { call: "API", event: "Event", connection: "Socket", webhook: "Webhook", note: "Note" };

const time = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});

export function timeOf(at) {
  return time.format(at);
}

function milliseconds(micros) {
  return micros < 10_000 ? `${(micros / 1000).toFixed(1)} ms` : `${Math.round(micros / 1000)} ms`;
}

function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function result(entry) {
  switch (entry.kind) {
    case "call":
      return `${entry.status} · ${milliseconds(entry.micros)}`;
    case "event":
      return count(entry.reached, "socket");
    case "webhook":
      return `${entry.status ?? "no response"} · ${milliseconds(entry.micros)}`;
    default:
      return entry.code === undefined ? "" : String(entry.code);
  }
}

function tone(entry) {
  const refused = entry.kind === "webhook" ? entry.status >= 300 : entry.status >= 400;
  if (entry.failed || refused) {
    return "bad";
  }
  return entry.status === undefined ? "" : "good";
}

function about(entry) {
  const parts = [];
  if (entry.kind === "connection") {
    parts.push(entry.user ? `${entry.socket} as ${entry.user}` : entry.socket);
  }
  if (entry.client) {
    parts.push(`from ${entry.socket}`);
  }
  if (entry.attempt > 1) {
    parts.push(`attempt ${entry.attempt}`);
  }
  parts.push(entry.reason, entry.kind === "webhook" ? entry.url : entry.data?.slice(0, 200));
  return parts.filter(Boolean).join("  ·  ");
}

// a webhook is described by its events
function webhookEvents(entry) {
  try {
    return JSON.parse(entry.data).events;
  } catch {
    return [];
  }
}

function distinct(texts) {
  return [...new Set(texts)].join(", ");
}

/** Returns the texts of the row of an entry. They are created when the row becomes visible, and cached in the entry. */
export function describe(entry) {
  const events = entry.kind === "webhook" && !entry.described ? webhookEvents(entry) : [];
  return (entry.described ??= {
    time: timeOf(entry.at),
    kind: SHORT[entry.kind],
    title: distinct(events.map(({ name }) => name)) || entry.title,
    where: distinct(entry.channels ?? events.map(({ channel }) => channel)),
    about: about(entry),
    result: result(entry),
    tone: tone(entry),
  });
}

/** Returns pairs of name and text. */
export function facts(entry) {
  return [
    ["Time", new Date(entry.at).toLocaleDateString() + " " + timeOf(entry.at)],
    ["Channels", entry.channels?.join(", ")],
    ["Socket", entry.socket],
    ["User", entry.user],
    ["Excluded", entry.excluded],
    ["Reached", entry.reached === undefined ? undefined : count(entry.reached, "socket")],
    ["To", entry.url],
    ["Status", entry.kind === "webhook" ? (entry.status ?? "none") : entry.status],
    ["Attempt", entry.attempt],
    ["Duration", entry.micros === undefined ? undefined : milliseconds(entry.micros)],
    ["Close code", entry.code],
    ["Reason", entry.reason],
  ].filter(([, text]) => text !== undefined);
}
