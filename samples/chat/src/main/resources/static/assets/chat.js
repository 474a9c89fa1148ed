// The page: the current room, its messages, and the messages of the user.

import { csrfHeaders, get, post } from "./api.js";
import { Conversation } from "./conversation.js";
import { dress, element, icon } from "./dom.js";
import LatteStream from "./lattestream.js";
import { showPeople, Typing } from "./people.js";

const $ = (id) => document.getElementById(id);
const logIn = () => location.assign("login.html");

const session = await get("api/session").catch((refusal) => {
  if (refusal.status === 401) {
    logIn();
  }
  throw refusal;
});
const { me, lattestream: settings } = session;

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
let room;
let channel;

// -- rooms

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

/** Goes to the room that the address names; to the lobby, if it names none. */
function enter() {
  const next = rooms.find(({ id }) => location.hash === `#room-${id}`) ?? rooms[0];
  if (next.id !== room?.id) {
    if (channel) {
      client.unsubscribe(channel.name);
    }
    room = next;
    fresh.delete(room.id);
    typing.clear();
    conversation.clear(room.open ? "There are no messages yet. Say hello." : "There are no messages yet. Invite a user, and say hello.");
    document.title = `${room.name} · LatteStream Chat`;
    $("room-name").textContent = room.name;
    $("room-hint").textContent = room.open ? "Everybody is welcome" : "By invitation only";
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

function listen(to, ofRoom) {
  channel = to;
  const current = (work) => (data) => room === ofRoom && work(data);
  const people = () => showPeople(me, room, to.members.keys());
  to.bind("lattestream:subscription_succeeded", current(() => {
    people();
    load(); // the messages that were missed
  }))
    .bind("lattestream:member_added", current(people))
    .bind("lattestream:member_removed", current(people))
    .bind("lattestream:member_removed", current(({ id }) => typing.stopped(id)))
    .bind("lattestream:subscription_error", current(refused))
    // a claim of the sender's browser: the protocol does not tell which member sent a client event
    .bind("client-typing", current((data) => to.members.has(data?.name) && data.name !== me && typing.heard(data.name)))
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
      remember(invitation.room);
      people();
      if (invitation.guest !== me) {
        conversation.note(`${invitation.host === me ? "You" : invitation.host} invited ${invitation.guest}`, { name: invitation.guest, here: true });
      }
    }));
}

/** A refused user is no longer logged in, or was not invited. */
async function refused() {
  await get("api/session").catch(logIn);
  tell(`You cannot listen to ${room.name}.`);
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
      tell(`The messages could not be loaded. ${refusal.message}`);
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
    tell(refusal.message);
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

// a message that could not be sent stays in its room until the next attempt
const unsent = new Map();

function showUnsent() {
  [...unsent.values()].filter(({ to }) => to === room).forEach(({ to, message, reason }) =>
    conversation.fail(message, reason, () => {
      unsent.delete(message.nonce);
      send(to, message);
    }));
}

/** X-Socket-ID names the connection that receives no echo: this page shows the message already. */
async function send(to, message) {
  try {
    const headers = client.socketId ? { "X-Socket-ID": client.socketId } : {};
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
        tell(`Your message in ${to.name} was not sent.`);
      }
    }
  }
}

/** Browsers have randomUUID on secure pages only. */
function nonce() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// -- new rooms and invitations

/** Does the form's work, and shows why it did not. */
function handle(form, work) {
  const problem = form.querySelector(".problem");
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

/** Loads the new messages of a room. */
function remember(told) {
  const known = rooms.find(({ id }) => id === told.id);
  if (known) {
    Object.assign(known, told);
  } else {
    rooms.push(told);
    rooms.sort((one, other) => one.id - other.id);
  }
}

$("new-room").addEventListener("click", () => $("room-dialog").showModal());
$("cancel-room").addEventListener("click", () => $("room-dialog").close());
$("room-dialog").addEventListener("close", () => $("room-form").reset());

handle($("room-form"), async (name) => {
  const opened = await post("api/rooms", { name });
  remember(opened);
  $("room-dialog").close();
  location.hash = `#room-${opened.id}`;
});

handle($("invite"), async (name) => {
  const of = room;
  remember(await post(`api/rooms/${of.id}/members`, { name }));
  if (of === room) {
    showPeople(me, room, channel.members.keys());
  }
});

client.subscribe(`private-user-${me}`)
  .bind("invited", (invitation) => {
    remember(invitation.room);
    fresh.add(invitation.room.id);
    showRooms();
    tell(`${invitation.host} invited you to ${invitation.room.name}.`);
  })
  .bind("lattestream:subscription_succeeded", async () => {
    // invitations that were missed
    (await get("api/rooms").catch(() => [])).forEach(remember);
    showRooms();
    showPeople(me, room, channel.members.keys());
  });

// -- the frame

function tell(text) {
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
      $(drawer).querySelector("a, input, button")?.focus();
    }
  }));

addEventListener("keydown", ({ key }) => key === "Escape" && closeDrawers());
$("rooms").addEventListener("click", closeDrawers);
document.querySelector("main").addEventListener("pointerdown", ({ target }) => target.closest(".drawer") || closeDrawers());

const STATES = { connecting: "Connecting …", connected: "Connected", disconnected: "Reconnecting …" };

let everConnected = false;
let away;

client.bind("state", (state) => {
  everConnected ||= state === "connected";
  const shown = state === "connecting" && everConnected ? "disconnected" : state;
  if ($("state").dataset.state !== shown) {
    $("state").dataset.state = shown;
    $("state").textContent = STATES[shown];
    $("people").classList.toggle("unsure", shown !== "connected");
  }
  // a moment is not worth a word
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
