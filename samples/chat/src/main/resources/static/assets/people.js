// The users in the room, and the typing indicator.

import { avatar, element } from "./dom.js";

const byName = (one, other) => one.localeCompare(other);

/** Displays the users in the room and, for a private room, the members that are away. */
export function showPeople(me, room, here) {
  const present = new Set(here);
  const others = room.open ? [] : room.members.filter((name) => !present.has(name));
  const item = (name) =>
    element(
      "li",
      { className: present.has(name) ? "here" : "away" },
      avatar(name),
      element("span", { className: "name" }, name),
      element("span", { className: "hint" }, name === me ? "you" : present.has(name) ? "" : "away"),
    );
  document.getElementById("members").replaceChildren(
    ...[...present].sort((one, other) => (other === me) - (one === me) || byName(one, other)).map(item),
    ...others.sort(byName).map(item),
  );
  document.getElementById("people-title").textContent = `Here now · ${present.size}`;
  document.getElementById("count").textContent = present.size;
  document.getElementById("show-people").ariaLabel = `People, ${present.size} here now`;
}

const SEND_INTERVAL = 2_500;
const DISPLAY_TIME = 5_000;

/** Sends the typing state of the user at intervals, and displays that of others. */
export class Typing {
  #others = new Map();
  #sentAt = 0;
  #send;

  constructor(send) {
    this.#send = send;
  }

  typed() {
    if (Date.now() - this.#sentAt > SEND_INTERVAL && this.#send()) {
      this.#sentAt = Date.now();
    }
  }

  sent() {
    this.#sentAt = 0;
  }

  started(name) {
    clearTimeout(this.#others.get(name));
    this.#others.set(name, setTimeout(() => this.stopped(name), DISPLAY_TIME));
    this.#show();
  }

  stopped(name) {
    clearTimeout(this.#others.get(name));
    this.#others.delete(name);
    this.#show();
  }

  clear() {
    [...this.#others.keys()].forEach((name) => this.stopped(name));
    this.#sentAt = 0;
  }

  #show() {
    const names = [...this.#others.keys()];
    const subject = names.length > 2 ? "Several people are" : names.length === 2 ? `${names.join(" and ")} are` : `${names[0]} is`;
    document.getElementById("typing").classList.toggle("on", names.length > 0);
    document.getElementById("typing-text").textContent = names.length ? `${subject} typing` : "";
  }
}
