// A small client for LatteStream's protocol: connect, subscribe, listen, send client events, come back after a loss.
// It is here so that this sample needs no bundler. In an application of your own take the npm package instead,
//   import LatteStream from "@lattestream/client";
// which is used in chat.js only, and does more: batching, metrics, other keys.

const LONGEST_WAIT = 30_000; // between two attempts
const LONGEST_SILENCE = 120_000; // then ask whether anybody is there
const RESPONSE_TIMEOUT = 10_000; // for a connection, an authorization, a pong

/** Calls listeners by the name of an event. */
class Emitter {
  #listeners = new Map();

  bind(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event, data) {
    this.#listeners.get(event)?.forEach((listener) => listener(data));
  }
}

/** A subscribed channel. Presence channels have a map of their members, from id to info. */
class Channel extends Emitter {
  subscribed = false;
  members = new Map();

  constructor(name, client) {
    super();
    this.name = name;
    this.client = client;
  }

  /** Sends a client event to the others. Returns whether there was a connection to send it on. */
  trigger(event, data) {
    return this.subscribed && this.client.send({ event, channel: this.name, data });
  }

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

/** The connection. Its state is "connecting", "connected" or "disconnected"; changes are the event "state". */
export default class LatteStream extends Emitter {
  #channels = new Map();
  #failures = 0;
  #socket;
  #silence;
  #retry;

  constructor(key, { cluster, wsEndpoint, forceTLS, authEndpoint, authOptions }) {
    super();
    Object.assign(this, { key, cluster, wsEndpoint, authEndpoint, authOptions, state: "disconnected", socketId: null });
    this.secure = forceTLS ? "s" : "";
    addEventListener("online", () => this.state === "disconnected" && this.connect());
  }

  async connect() {
    clearTimeout(this.#retry);
    this.#become("connecting");
    try {
      const socket = new WebSocket(await this.#discover());
      this.#socket = socket;
      this.#expectWithin(RESPONSE_TIMEOUT);
      socket.onopen = () => socket.send(JSON.stringify({ api_key: this.key }));
      socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
      socket.onclose = () => this.#lost();
    } catch (error) {
      console.warn("No connection:", error.message);
      this.#lost();
    }
  }

  subscribe(name) {
    if (!this.#channels.has(name)) {
      this.#channels.set(name, new Channel(name, this));
      this.#join(this.#channels.get(name));
    }
    return this.#channels.get(name);
  }

  unsubscribe(name) {
    if (this.#channels.delete(name)) {
      this.send({ event: "lattestream:unsubscribe", data: { channel: name } });
    }
  }

  send(frame) {
    const open = this.state === "connected" && this.#socket.readyState === WebSocket.OPEN;
    if (open) {
      this.#socket.send(JSON.stringify(frame));
    }
    return open;
  }

  /** A public key is exchanged for a token that opens one socket. */
  async #discover() {
    const rest = this.wsEndpoint ? `http${this.secure}://${this.wsEndpoint}` : `https://${this.cluster}.lattestream.com`;
    const found = await this.#fetchJson(`${rest}/discover?api_key=${this.key}`);
    const socket = this.wsEndpoint
      ? `ws${this.secure}://${this.wsEndpoint}`
      : `wss://${found.cluster}-node${found.node_id}.lattestream.com`;
    return `${socket}?discovery_token=${found.discovery_token}`;
  }

  /** Private and presence channels are asked for at the application, once for each connection. */
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

  #authorize(channel) {
    return this.#fetchJson(this.authEndpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...this.authOptions?.headers },
      body: JSON.stringify({ socket_id: this.socketId, channel_name: channel }),
    });
  }

  async #fetchJson(url, options) {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(RESPONSE_TIMEOUT) });
    if (!response.ok) {
      throw Object.assign(new Error(`${response.status} from ${new URL(url, location).pathname}`), { status: response.status });
    }
    return response.json();
  }

  #receive({ event, channel, data }) {
    this.#listenForSilence();
    const name = event.replace(/^lattestream_internal:/, "lattestream:"); // the service uses both prefixes
    const value = typeof data === "string" && /^\s*[{[]/.test(data) ? JSON.parse(data) : data;
    if (name === "lattestream:connection_established") {
      this.#failures = 0;
      this.socketId = value.socket_id;
      this.#become("connected");
      this.#channels.forEach((known) => this.#join(known));
    } else if (channel) {
      this.#channels.get(channel)?.receive(name, value);
    }
  }

  /** A connection can be gone without a word. */
  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.send({ event: "lattestream:ping", data: {} });
      this.#expectWithin(RESPONSE_TIMEOUT);
    }, LONGEST_SILENCE);
  }

  #expectWithin(time) {
    const socket = this.#socket;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      socket.onclose = socket.onmessage = null; // closing may take as long again
      socket.close();
      this.#lost();
    }, time);
  }

  #lost() {
    clearTimeout(this.#silence);
    this.socketId = null;
    this.#channels.forEach((channel) => (channel.subscribed = false));
    this.#become("disconnected");
    const wait = Math.min(1000 * 2 ** this.#failures++, LONGEST_WAIT) * (1 + Math.random() / 4);
    this.#retry = setTimeout(() => this.connect(), wait);
  }

  #become(state) {
    this.state = state;
    this.emit("state", state);
  }
}
