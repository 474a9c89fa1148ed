// The users in the room, and the typing indicator.

import { $, avatar, element } from "./dom.js";

/** @import { Room } from "contract" */

/** @type {(one: string, other: string) => number} */
const byName = (one, other) => one.localeCompare(other);

/**
 * Displays the users in the room and, for a private room, the members that are away.
 * @param {string} me
 * @param {Room} room
 * @param {Iterable<string>} here
 */
export function showPeople(me, room, here) {
  const present = new Set(here);
  const others = room.open ? [] : room.members.filter((name) => !present.has(name));
  const item = (/** @type {string} */ name) =>
    element(
      "li",
      { className: present.has(name) ? "here" : "away" },
      avatar(name),
      element("span", { className: "name" }, name),
      element("span", { className: "hint" }, name === me ? "you" : present.has(name) ? "" : "away"),
    );
  $("members").replaceChildren(
    ...[...present].sort((one, other) => Number(other === me) - Number(one === me) || byName(one, other)).map(item),
    ...others.sort(byName).map(item),
  );
  $("people-title").textContent = `Here now · ${present.size}`;
  $("count").textContent = String(present.size);
  $("show-people").ariaLabel = `People, ${present.size} here now`;
}

const SEND_INTERVAL = 2_500;
const DISPLAY_TIME = 5_000;

/** Sends the typing state of the user at intervals, and displays that of others. */
export class Typing {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #others = new Map();
  #sentAt = 0;
  #send;

  /** @param {() => boolean | undefined} send sends the event, and returns whether there was a connection */
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

  /** @param {string} name */
  started(name) {
    clearTimeout(this.#others.get(name));
    this.#others.set(name, setTimeout(() => this.stopped(name), DISPLAY_TIME));
    this.#show();
  }

  /** @param {string} name */
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
    $("typing").classList.toggle("on", names.length > 0);
    $("typing-text").textContent = names.length ? `${subject} typing` : "";
  }
}
