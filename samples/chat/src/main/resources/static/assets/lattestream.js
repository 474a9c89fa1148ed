// A minimal client for LatteStream's protocol: connects, subscribes, receives events, sends client events, reconnects.
// With it, this sample needs no bundler. In your own application, use the npm package instead,
//   import LatteStream from "@lattestream/client";
// which has further features: batching, metrics, other keys. Only chat.js imports the client.

const MAX_RECONNECT_DELAY = 30_000; // between two attempts
const ACTIVITY_TIMEOUT = 120_000; // then a ping is sent
const RESPONSE_TIMEOUT = 10_000; // for a connection, an authorization, a pong

/**
 * The names that a template such as "presence-room-{id}" describes: `presence-room-${string}`.
 * @template Template
 * @typedef {Template extends `${infer Start}{${string}}${infer End}` ? `${Start}${string}${Names<End>}` : Template} Names
 */

/**
 * The events of each channel, by its name instead of the template of its name.
 * @template Channels
 * @typedef {{ [Template in keyof Channels as Names<Template>]: Channels[Template] }} ByName
 */

/**
 * The data of the events of the protocol.
 * @typedef {{
 *   "lattestream:subscription_succeeded": { presence?: { hash: Record<string, unknown> } } | undefined,
 *   "lattestream:subscription_error": Error,
 *   "lattestream:member_added": { id: string, info?: unknown },
 *   "lattestream:member_removed": { id: string },
 * }} SubscriptionEvents
 * @typedef {"connecting" | "connected" | "disconnected"} State
 * @typedef {{ cluster?: string, wsEndpoint?: string, forceTLS?: boolean, authEndpoint: string,
 *   authOptions?: { headers: Record<string, string> } }} Options
 */

/**
 * Calls listeners by the name of an event.
 * @template Events the type of each event's data
 */
class Emitter {
  /** @type {Map<PropertyKey, ((data: any) => void)[]>} */
  #listeners = new Map();

  /**
   * @template {keyof Events} Name
   * @param {Name} event
   * @param {(data: Events[Name]) => void} listener
   */
  bind(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  /**
   * @param {PropertyKey} event
   * @param {unknown} data
   */
  emit(event, data) {
    this.#listeners.get(event)?.forEach((listener) => listener(data));
  }
}

/**
 * A subscription to a channel. For a presence channel, it contains the members: a map from id to info.
 * @template Events the type of each event's data
 * @extends {Emitter<Events & SubscriptionEvents>}
 */
export class Channel extends Emitter {
  subscribed = false;
  /** @type {Map<string, unknown>} */
  members = new Map();

  /**
   * @param {string} name
   * @param {LatteStream<any>} client
   */
  constructor(name, client) {
    super();
    this.name = name;
    this.client = client;
  }

  /**
   * Sends a client event to the other subscribers. Returns whether there was a connection.
   * @template {keyof Events & `client-${string}`} Name
   * @param {Name} event
   * @param {Events[Name]} data
   */
  trigger(event, data) {
    return this.subscribed && this.client.send({ event, channel: this.name, data });
  }

  /**
   * @param {string} event
   * @param {any} data
   */
  receive(event, data) {
    if (event === "lattestream:subscription_succeeded") {
      this.subscribed = true;
      this.members = new Map(Object.entries(data?.presence?.hash ?? {}));
    } else if (event === "lattestream:member_added") {
      this.members.set(data.id, data.info);
    } else if (event === "lattestream:member_removed") {
      this.members.delete(data.id);
    }
    this.emit(event, data);
  }
}

/**
 * The connection. Changes of its state are the event "state".
 * @template Channels the events of each channel, by the template of its name
 * @extends {Emitter<{ state: State }>}
 */
export default class LatteStream extends Emitter {
  /** @type {State} */
  state = "disconnected";
  /** @type {string | null} */
  socketId = null;

  /** @type {Map<string, Channel<any>>} */
  #channels = new Map();
  #failures = 0;
  /** @type {WebSocket} */
  #socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #activityTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /**
   * @param {string} key
   * @param {Options} options
   */
  constructor(key, { cluster, wsEndpoint, forceTLS, authEndpoint, authOptions }) {
    super();
    this.key = key;
    this.cluster = cluster;
    this.wsEndpoint = wsEndpoint;
    this.authEndpoint = authEndpoint;
    this.authOptions = authOptions;
    this.secure = forceTLS ? "s" : "";
    addEventListener("online", () => this.state === "disconnected" && this.connect());
  }

  async connect() {
    clearTimeout(this.#retry);
    this.#setState("connecting");
    try {
      const socket = new WebSocket(await this.#discover());
      this.#socket = socket;
      this.#closeAfter(RESPONSE_TIMEOUT);
      socket.onopen = () => socket.send(JSON.stringify({ api_key: this.key }));
      socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
      socket.onclose = () => this.#lost();
    } catch (error) {
      console.warn("No connection:", error.message);
      this.#lost();
    }
  }

  /**
   * @template {keyof ByName<Channels> & string} Name
   * @param {Name} name
   * @returns {Channel<ByName<Channels>[Name]>}
   */
  subscribe(name) {
    let channel = this.#channels.get(name);
    if (!channel) {
      channel = new Channel(name, this);
      this.#channels.set(name, channel);
      this.#join(channel);
    }
    return channel;
  }

  /** @param {string} name */
  unsubscribe(name) {
    if (this.#channels.delete(name)) {
      this.send({ event: "lattestream:unsubscribe", data: { channel: name } });
    }
  }

  /** @param {object} frame */
  send(frame) {
    const open = this.state === "connected" && this.#socket.readyState === WebSocket.OPEN;
    if (open) {
      this.#socket.send(JSON.stringify(frame));
    }
    return open;
  }

  /** Requests a token, which opens one socket, with the public key. */
  async #discover() {
    const rest = this.wsEndpoint ? `http${this.secure}://${this.wsEndpoint}` : `https://${this.cluster}.lattestream.com`;
    const found = await this.#fetchJson(`${rest}/discover?api_key=${this.key}`);
    const socket = this.wsEndpoint
      ? `ws${this.secure}://${this.wsEndpoint}`
      : `wss://${found.cluster}-node${found.node_id}.lattestream.com`;
    return `${socket}?discovery_token=${found.discovery_token}`;
  }

  /**
   * Subscribes. The application authorizes private and presence channels, once for each connection.
   * @param {Channel<any>} channel
   */
  async #join(channel) {
    const { socketId } = this;
    const current = () => this.socketId === socketId && this.#channels.get(channel.name) === channel;
    if (this.state !== "connected") {
      return; // joined as soon as there is a connection
    }
    try {
      const authorization = /^(private|presence)-/.test(channel.name) ? await this.#authorize(channel.name) : {};
      if (current()) {
        this.send({ event: "lattestream:subscribe", data: { channel: channel.name, ...authorization } });
      }
    } catch (error) {
      if (error.status >= 400 && error.status < 500) {
        channel.emit("lattestream:subscription_error", error);
      } else {
        setTimeout(() => current() && this.#join(channel), 2_000);
      }
    }
  }

  /** @param {string} channel */
  #authorize(channel) {
    return this.#fetchJson(this.authEndpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...this.authOptions?.headers },
      body: JSON.stringify({ socket_id: this.socketId, channel_name: channel }),
    });
  }

  /**
   * @param {string} url
   * @param {RequestInit} [options]
   */
  async #fetchJson(url, options) {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(RESPONSE_TIMEOUT) });
    if (!response.ok) {
      throw Object.assign(new Error(`${response.status} from ${new URL(url, location.href).pathname}`), { status: response.status });
    }
    return response.json();
  }

  /** @param {{ event: string, channel?: string, data: any }} frame */
  #receive({ event, channel, data }) {
    this.#restartActivityTimer();
    const name = event.replace(/^lattestream_internal:/, "lattestream:"); // the service uses both prefixes
    const value = typeof data === "string" && /^\s*[{[]/.test(data) ? JSON.parse(data) : data;
    if (name === "lattestream:connection_established") {
      this.#failures = 0;
      this.socketId = value.socket_id;
      this.#setState("connected");
      this.#channels.forEach((known) => this.#join(known));
    } else if (channel) {
      this.#channels.get(channel)?.receive(name, value);
    }
  }

  /** Sends a ping after a period without frames, to detect a lost connection. */
  #restartActivityTimer() {
    clearTimeout(this.#activityTimer);
    this.#activityTimer = setTimeout(() => {
      this.send({ event: "lattestream:ping", data: {} });
      this.#closeAfter(RESPONSE_TIMEOUT);
    }, ACTIVITY_TIMEOUT);
  }

  /** @param {number} time */
  #closeAfter(time) {
    const socket = this.#socket;
    clearTimeout(this.#activityTimer);
    this.#activityTimer = setTimeout(() => {
      socket.onclose = socket.onmessage = null; // closing may take as long again
      socket.close();
      this.#lost();
    }, time);
  }

  #lost() {
    clearTimeout(this.#activityTimer);
    this.socketId = null;
    this.#channels.forEach((channel) => (channel.subscribed = false));
    this.#setState("disconnected");
    const wait = Math.min(1000 * 2 ** this.#failures++, MAX_RECONNECT_DELAY) * (1 + Math.random() / 4);
    this.#retry = setTimeout(() => this.connect(), wait);
  }

  /** @param {State} state */
  #setState(state) {
    this.state = state;
    this.emit("state", state);
  }
}
