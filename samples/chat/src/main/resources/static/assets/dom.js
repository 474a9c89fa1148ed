// Helper functions that find and create elements. Text is never interpreted as HTML.

/**
 * The elements with members that other elements do not have, by their ids.
 * @typedef {{
 *   composer: HTMLFormElement & { text: HTMLTextAreaElement },
 *   invite: NameForm,
 *   "room-dialog": HTMLDialogElement,
 *   "room-form": NameForm,
 *   "log-in": HTMLFormElement,
 *   "sign-up": HTMLFormElement,
 * }} Elements
 * @typedef {HTMLFormElement & { elements: { name: HTMLInputElement } }} NameForm
 */

/**
 * Returns an element of the page.
 * @template {string} Id
 * @param {Id} id
 * @returns {Id extends keyof Elements ? Elements[Id] : HTMLElement}
 */
export const $ = (id) => /** @type {any} */ (existing(document.getElementById(id)));

/**
 * Returns the first descendant that matches a selector.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const first = (root, selector) => root.querySelector(selector);

/**
 * Requires that an element was found.
 * @template Found
 * @param {Found | null} found
 */
export function existing(found) {
  if (!found) {
    throw new Error("The page has no such element.");
  }
  return found;
}

/**
 * Creates an element: element("b", { className: "x", title: "y" }, "text", other).
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {(Node | string | null)[]} children
 */
export function element(tag, properties, ...children) {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children.filter((child) => child != null));
  return created;
}

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

const TINTS = 8;

/**
 * Sets the initials of a user, and one of eight colours, which depends on the name only.
 * @param {HTMLElement} avatar
 * @param {string} name
 */
export function dress(avatar, name) {
  avatar.textContent = name.slice(0, 2);
  avatar.dataset.tint = String([...name].reduce((sum, letter) => (sum * 37 + Number(letter.codePointAt(0))) % 251, 7) % TINTS);
  return avatar;
}

/** @param {string} name */
export const avatar = (name) => dress(element("span", { className: "avatar", ariaHidden: "true" }), name);

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** @param {Date} then */
function ago(then) {
  const minutes = Math.round((then.getTime() - Date.now()) / 60_000);
  if (minutes > -1) {
    return "just now";
  }
  return minutes > -60
    ? relative.format(minutes, "minute")
    : then.toLocaleTimeString("en", { hour: "numeric", minute: "2-digit" });
}

/** @param {string} at */
export function time(at) {
  const then = new Date(at);
  return element("time", { dateTime: at, title: then.toLocaleString("en") }, ago(then));
}

/**
 * Updates the relative times.
 * @param {HTMLElement} root
 */
export function refreshTimes(root) {
  root.querySelectorAll("time").forEach((shown) => (shown.textContent = ago(new Date(shown.dateTime))));
}

/**
 * Returns the name of a day, such as "Yesterday".
 * @param {string} at
 */
export function day(at) {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  const name = days > -7 && days < -1
    ? new Date(at).toLocaleDateString("en", { weekday: "long" })
    : days >= -1 ? relative.format(days, "day") : new Date(at).toLocaleDateString("en", { dateStyle: "long" });
  return name[0].toUpperCase() + name.slice(1);
}
