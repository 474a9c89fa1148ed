// The members that are present, and those that are typing.

import { avatar, element } from "./dom.js";

const byName = (one, other) => one.localeCompare(other);

/** Shows the members in the room, and the absent members of a private room. */
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

const SAY_EVERY = 2_500;
const LASTS = 5_000;

/** Sends from time to time that the user is typing, and shows the other users that are. */
export class Typing {
  #others = new Map();
  #said = 0;
  #say;

  constructor(say) {
    this.#say = say;
  }

  typed() {
    if (Date.now() - this.#said > SAY_EVERY && this.#say()) {
      this.#said = Date.now();
    }
  }

  sent() {
    this.#said = 0;
  }

  heard(name) {
    clearTimeout(this.#others.get(name));
    this.#others.set(name, setTimeout(() => this.stopped(name), LASTS));
    this.#show();
  }

  stopped(name) {
    clearTimeout(this.#others.get(name));
    this.#others.delete(name);
    this.#show();
  }

  clear() {
    [...this.#others.keys()].forEach((name) => this.stopped(name));
    this.#said = 0;
  }

  #show() {
    const names = [...this.#others.keys()];
    const who = names.length > 2 ? "Several people are" : names.length === 2 ? `${names.join(" and ")} are` : `${names[0]} is`;
    document.getElementById("typing").classList.toggle("on", names.length > 0);
    document.getElementById("typing-text").textContent = names.length ? `${who} typing` : "";
  }
}
