// The page: the current room, its events, and the messages that the user sends.

import { csrfHeaders, get, post } from "./api.js";
import { Conversation } from "./conversation.js";
import { $, dress, element, existing, first, icon } from "./dom.js";
import LatteStream from "./lattestream.js";
import { showPeople, Typing } from "./people.js";

/**
 * @import { Channels, Room } from "contract"
 * @import { NewMessage } from "./conversation.js"
 * @import { NameForm } from "./dom.js"
 * @import { Channel } from "./lattestream.js"
 * @typedef {Channel<Channels["presence-room-{id}"]>} RoomChannel
 */

const logIn = () => location.assign("login.html");

const session = await get("api/session").catch((refusal) => {
  if (refusal.status === 401) {
    logIn();
  }
  throw refusal;
});
const { me, lattestream: settings } = session;

/** @type {LatteStream<Channels>} */
const client = new LatteStream(settings.key, {
  cluster: settings.cluster,
  wsEndpoint: settings.endpoint,
  forceTLS: settings.tls,
  authEndpoint: settings.authEndpoint,
  authOptions: { headers: csrfHeaders() },
});
const conversation = new Conversation(me);
const typing = new Typing(() => channel?.trigger("client-typing", { name: me }));

const rooms = await get("api/rooms");
/** @type {Room} */
let room;
/** @type {RoomChannel} */
let channel;

// -- rooms

/** @type {Set<Room["id"]>} */
const fresh = new Set();

function showRooms() {
  $("rooms").replaceChildren(
    ...rooms.map(({ id, name, open }) => {
      const link = element("a", { href: `#room-${id}` }, icon(open ? "cup" : "lock"), element("span", {}, name));
      if (fresh.has(id)) {
        link.append(element("span", { className: "fresh" }, "new"));
      }
      if (id === room?.id) {
        link.setAttribute("aria-current", "page");
      }
      return element("li", {}, link);
    }),
  );
}

/** Opens the room in the URL; the lobby if the URL contains none. */
function enter() {
  const next = rooms.find(({ id }) => location.hash === `#room-${id}`) ?? rooms[0];
  if (next.id !== room?.id) {
    if (channel) {
      client.unsubscribe(channel.name);
    }
    room = next;
    fresh.delete(room.id);
    typing.clear();
    conversation.clear(room.open ? "No messages yet. Say hello." : "No messages yet. Invite a user, and say hello.");
    document.title = `${room.name} · LatteStream Chat`;
    $("room-name").textContent = room.name;
    $("room-hint").textContent = room.open ? "Open to all users" : "By invitation only";
    $("invite").hidden = room.open;
    $("invite").reset();
    showPeople(me, room, []);
    listen(client.subscribe(`presence-room-${room.id}`), room);
    showUnsent();
    load();
  }
  showRooms();
  closeDrawers();
}

/**
 * @param {RoomChannel} to
 * @param {Room} ofRoom
 */
function listen(to, ofRoom) {
  channel = to;
  /**
   * @template Data
   * @param {(data: Data) => unknown} work
   * @returns {(data: Data) => unknown}
   */
  const current = (work) => (data) => room === ofRoom && work(data);
  const people = () => showPeople(me, room, to.members.keys());
  to.bind("lattestream:subscription_succeeded", current(() => {
    people();
    load(); // messages that were sent in the meantime
  }))
    .bind("lattestream:member_added", current(people))
    .bind("lattestream:member_removed", current(people))
    .bind("lattestream:member_removed", current(({ id }) => typing.stopped(id)))
    .bind("lattestream:subscription_error", current(subscriptionRefused))
    // sent by the browser and not verified: the protocol does not identify the sender of a client event
    .bind("client-typing", current((data) => to.members.has(data?.name) && data.name !== me && typing.started(data.name)))
    .bind("message", current((message) => {
      typing.stopped(message.author);
      conversation.add(message);
    }))
    .bind("visit", current(({ name, here }) => {
      if (name !== me) {
        conversation.note(here ? `${name} joined` : `${name} left`, { name, here });
      }
    }))
    .bind("invited", current((invitation) => {
      update(invitation.room);
      people();
      if (invitation.guest !== me) {
        conversation.note(`${invitation.host === me ? "You" : invitation.host} invited ${invitation.guest}`, { name: invitation.guest, here: true });
      }
    }));
}

/** A subscription is refused if the user is no longer logged in, or was not invited. */
async function subscriptionRefused() {
  await get("api/session").catch(logIn);
  notify(`You cannot receive messages of ${room.name}.`);
}

async function load() {
  const of = room;
  try {
    const messages = await get(`api/rooms/${of.id}/messages`);
    if (of === room) {
      conversation.showNewest(messages);
    }
  } catch (refusal) {
    if (refusal.status === 401) {
      logIn();
    } else if (of === room) {
      notify(`The messages could not be loaded. ${refusal.message}`);
    }
  }
}

$("earlier").addEventListener("click", async () => {
  const of = room;
  try {
    const messages = await get(`api/rooms/${of.id}/messages?before=${conversation.oldest}`);
    if (of === room) {
      conversation.showEarlier(messages);
    }
  } catch (refusal) {
    notify(refusal.message);
  }
});

addEventListener("hashchange", () => {
  enter();
  $("room-name").focus({ preventScroll: true });
});

// -- sending messages

const composer = $("composer");

composer.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const text = composer.text.value.trim();
  if (text) {
    const message = { text, nonce: crypto.randomUUID?.() ?? nonce() };
    conversation.addPending(message);
    composer.reset();
    typing.sent();
    send(room, message);
  }
  composer.text.focus();
});

composer.text.addEventListener("keydown", (key) => {
  if (key.key === "Enter" && !key.shiftKey && !key.isComposing) {
    key.preventDefault();
    composer.requestSubmit();
  }
});

composer.text.addEventListener("input", () => composer.text.value.trim() && typing.typed());

// messages that were not sent are displayed in their room until they are sent again
/** @type {Map<string, { to: Room, message: NewMessage, reason: string }>} */
const unsent = new Map();

function showUnsent() {
  [...unsent.values()].filter(({ to }) => to === room).forEach(({ to, message, reason }) =>
    conversation.fail(message, reason, () => {
      unsent.delete(message.nonce);
      send(to, message);
    }));
}

/**
 * Sends a message. X-Socket-ID excludes this page, which displays the message already.
 * @param {Room} to
 * @param {NewMessage} message
 */
async function send(to, message) {
  try {
    const headers = client.socketId ? { "X-Socket-ID": client.socketId } : undefined;
    const stored = await post(`api/rooms/${to.id}/messages`, message, headers);
    if (to === room) {
      conversation.add(stored);
    }
  } catch (refusal) {
    if (refusal.status === 401) {
      logIn();
    } else {
      unsent.set(message.nonce, { to, message, reason: refusal.message });
      if (to === room) {
        showUnsent();
      } else {
        notify(`Your message in ${to.name} was not sent.`);
      }
    }
  }
}

/** Browsers provide randomUUID on secure pages only. */
function nonce() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// -- new rooms and invitations

/**
 * Handles the submission of a form, and displays errors.
 * @param {NameForm} form
 * @param {(name: string) => Promise<void>} work
 */
function handle(form, work) {
  const problem = existing(form.querySelector(".problem"));
  form.addEventListener("reset", () => (problem.textContent = ""));
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    problem.textContent = "";
    try {
      await work(form.elements.name.value);
      form.reset();
    } catch (refusal) {
      problem.textContent = refusal.message;
    }
  });
}

/**
 * Adds a room, or updates it.
 * @param {Room} changed
 */
function update(changed) {
  const known = rooms.find(({ id }) => id === changed.id);
  if (known) {
    Object.assign(known, changed);
  } else {
    rooms.push(changed);
    rooms.sort((one, other) => Number(one.id) - Number(other.id));
  }
}

$("new-room").addEventListener("click", () => $("room-dialog").showModal());
$("cancel-room").addEventListener("click", () => $("room-dialog").close());
$("room-dialog").addEventListener("close", () => $("room-form").reset());

handle($("room-form"), async (name) => {
  const opened = await post("api/rooms", { name });
  update(opened);
  $("room-dialog").close();
  location.hash = `#room-${opened.id}`;
});

handle($("invite"), async (name) => {
  const of = room;
  update(await post(`api/rooms/${of.id}/members`, { name }));
  if (of === room) {
    showPeople(me, room, channel.members.keys());
  }
});

client.subscribe(`private-user-${me}`)
  .bind("invited", (invitation) => {
    update(invitation.room);
    fresh.add(invitation.room.id);
    showRooms();
    notify(`${invitation.host} invited you to ${invitation.room.name}.`);
  })
  .bind("lattestream:subscription_succeeded", async () => {
    // invitations that were sent while the page was disconnected
    (await get("api/rooms").catch(() => [])).forEach(update);
    showRooms();
    showPeople(me, room, channel.members.keys());
  });

// -- notifications, drawers and the connection

/** @param {string} text */
function notify(text) {
  const shown = element("p", {}, text);
  $("news").replaceChildren(shown);
  setTimeout(() => shown.remove(), 7_000);
}

const drawers = { "show-rooms": "sidebar", "show-people": "people" };

function closeDrawers() {
  Object.entries(drawers).forEach(([button, drawer]) => {
    if ($(drawer).classList.contains("open") && $(drawer).contains(document.activeElement)) {
      $(button).focus();
    }
    $(drawer).classList.remove("open");
    $(button).ariaExpanded = "false";
  });
}

Object.entries(drawers).forEach(([button, drawer]) =>
  $(button).addEventListener("click", () => {
    const open = !$(drawer).classList.contains("open");
    closeDrawers();
    $(drawer).classList.toggle("open", open);
    $(button).ariaExpanded = String(open);
    if (open) {
      first($(drawer), "a, input, button")?.focus();
    }
  }));

addEventListener("keydown", ({ key }) => key === "Escape" && closeDrawers());
$("rooms").addEventListener("click", closeDrawers);
existing(document.querySelector("main")).addEventListener("pointerdown", ({ target }) =>
  (target instanceof Element && target.closest(".drawer")) || closeDrawers());

const STATES = { connecting: "Connecting …", connected: "Connected", disconnected: "Reconnecting …" };

let everConnected = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let away;

client.bind("state", (state) => {
  everConnected ||= state === "connected";
  const shown = state === "connecting" && everConnected ? "disconnected" : state;
  if ($("state").dataset.state !== shown) {
    $("state").dataset.state = shown;
    $("state").textContent = STATES[shown];
    $("people").classList.toggle("unsure", shown !== "connected");
  }
  // short interruptions are not displayed
  clearTimeout(away);
  if (state === "connected") {
    $("away").hidden = true;
  } else if ($("away").hidden) {
    away = setTimeout(() => ($("away").hidden = false), 2_000);
  }
});

$("log-out").addEventListener("click", async () => {
  await post("logout").catch(() => {});
  logIn();
});

$("my-name").textContent = me;
dress($("my-avatar"), me);
enter();
client.connect();
