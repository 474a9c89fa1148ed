// The list of messages: sorted by id, grouped by author; the user's own messages are displayed immediately.

import { $, avatar, day, element, existing, refreshTimes, time } from "./dom.js";

/**
 * @import { Message } from "contract"
 * @typedef {Pick<Message, "text" | "nonce">} NewMessage
 * @typedef {Omit<Message, "id" | "room">} ShownMessage
 */

const PAGE_SIZE = 50; // as in the application
const MAX_SHOWN = 400;
const GROUP_INTERVAL = 5 * 60_000;
const END_TOLERANCE = 120;

export class Conversation {
  #me;
  #log = $("log");
  #list = $("messages");
  #scroller = $("conversation");
  #earlier = $("earlier");
  #empty = $("empty");
  #newest = $("newest");

  /** @param {string} me the name of the user */
  constructor(me) {
    this.#me = me;
    this.#newest.addEventListener("click", () => this.toTheEnd());
    this.#scroller.addEventListener("scroll", () => this.#isAtTheEnd() && (this.#newest.hidden = true), { passive: true });
    setInterval(refreshTimes, 20_000, this.#list);
  }

  /** @param {string} greeting */
  clear(greeting) {
    this.#list.replaceChildren();
    this.#earlier.hidden = true;
    this.#newest.hidden = true;
    this.#empty.textContent = greeting;
    this.#empty.hidden = true;
  }

  /** Returns the id of the oldest displayed message. */
  get oldest() {
    return Number(this.#find("[data-id]")?.dataset.id ?? 0);
  }

  /**
   * Displays the newest messages: initially, and after an interruption.
   * @param {Message[]} messages
   */
  showNewest(messages) {
    const shown = this.#items.filter((item) => "id" in item.dataset);
    const full = messages.length === PAGE_SIZE;
    // more than one page was missed: "Show earlier messages" loads the messages in between
    const gap = full && shown.length > 0 && Number(messages[0].id) > Number(shown.at(-1)?.dataset.id);
    const first = shown.length === 0 || gap;
    if (gap) {
      shown.forEach((item) => item.remove());
    }
    if (first) {
      this.#earlier.hidden = !full;
    }
    const follow = first || this.#isAtTheEnd();
    const before = this.#list.childElementCount;
    this.#quietly(() => messages.forEach((message) => this.#show(message)), first);
    this.#arrange();
    if (first || this.#list.childElementCount > before) {
      this.#settle(follow);
    }
  }

  /** @param {Message[]} messages */
  showEarlier(messages) {
    const height = this.#scroller.scrollHeight;
    this.#quietly(() => messages.forEach((message) => this.#show(message)), true);
    this.#arrange();
    this.#earlier.hidden = messages.length < PAGE_SIZE;
    this.#scroller.scrollTop += this.#scroller.scrollHeight - height;
  }

  /**
   * Displays a received message.
   * @param {Message} message
   */
  add(message) {
    const follow = this.#isAtTheEnd();
    this.#show(message);
    if (follow && this.#list.children.length > MAX_SHOWN) {
      this.#items[0].remove();
      this.#earlier.hidden = false;
    }
    this.#arrange();
    this.#settle(follow);
  }

  /**
   * Displays a message of the user before it is stored.
   * @param {NewMessage} message
   */
  addPending(message) {
    const item = this.#item({ ...message, author: this.#me, sentAt: new Date().toISOString() });
    item.classList.add("pending");
    this.#list.append(item);
    this.#arrange();
    this.toTheEnd();
    return item;
  }

  /**
   * Displays that a message was not stored, with a button to try again.
   * @param {NewMessage} message
   * @param {string} reason
   * @param {() => void} tryAgain
   */
  fail(message, reason, tryAgain) {
    // the user may have been in another room in the meantime
    const item = this.#byNonce(message.nonce) ?? this.addPending(message);
    if (!item.classList.contains("pending")) {
      return; // displayed already
    }
    item.classList.replace("pending", "failed");
    const again = element("button", { type: "button", className: "link" }, "Try again");
    const failure = element("p", { className: "failure", role: "alert" }, `Not sent. ${reason} `, again);
    again.addEventListener("click", () => {
      failure.remove();
      item.classList.replace("failed", "pending");
      tryAgain();
    });
    existing(item.querySelector(".body")).append(failure);
    this.#settle(true);
  }

  /**
   * Displays a note. If a user returns, the note that the user left is removed.
   * @param {string} text
   * @param {{ name: string, here: boolean }} about
   */
  note(text, { name, here }) {
    const last = this.#items.at(-1);
    if (here && last?.dataset.left === name) {
      last.remove();
    } else {
      const follow = this.#isAtTheEnd();
      const item = element("li", { className: "note" }, text);
      if (!here) {
        item.dataset.left = name;
      }
      this.#list.append(item);
      this.#arrange();
      this.#settle(follow);
    }
  }

  toTheEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newest.hidden = true;
  }

  /** @param {Message} message */
  #show(message) {
    if (this.#find(`[data-id="${Number(message.id)}"]`)) {
      return;
    }
    // a message of the user, which is now stored
    const item = (message.author === this.#me && this.#byNonce(message.nonce)) || this.#item(message);
    item.classList.remove("pending", "failed");
    item.querySelector(".failure")?.remove();
    item.dataset.id = String(message.id);
    this.#place(item);
  }

  /** @param {HTMLElement} item */
  #place(item) {
    const id = Number(item.dataset.id);
    /** @type {HTMLElement | null} */
    let before = null;
    for (const other of this.#items.reverse()) {
      if (other !== item && "id" in other.dataset) {
        if (Number(other.dataset.id) < id) {
          break;
        }
        before = other;
      }
    }
    if (before || !item.parentNode) {
      this.#list.insertBefore(item, before);
    }
  }

  /** @param {ShownMessage} message */
  #item({ author, text, nonce, sentAt }) {
    const mine = author === this.#me;
    const item = element(
      "li",
      { className: mine ? "message mine" : "message" },
      mine ? null : avatar(author),
      element(
        "div",
        { className: "body" },
        element("p", { className: "by" }, element("b", {}, mine ? "You" : author), " ", time(sentAt)),
        element("p", { className: "text" }, text),
      ),
    );
    Object.assign(item.dataset, { author, nonce, at: sentAt });
    return item;
  }

  /** @returns {HTMLElement[]} */
  get #items() {
    return [...this.#list.querySelectorAll("li")];
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement | null}
   */
  #find(selector) {
    return this.#list.querySelector(selector);
  }

  /** @param {string} nonce */
  #byNonce(nonce) {
    return this.#find(`[data-nonce="${CSS.escape(nonce)}"]`);
  }

  /** Groups messages, and inserts a heading for each day. */
  #arrange() {
    const items = this.#items;
    /** @type {{ item: HTMLElement, author: string, at: string } | undefined} */
    let last;
    items.forEach((item) => {
      const { author, at } = item.dataset;
      if (author && at) {
        const newDay = day(at);
        if (!last || day(last.at) !== newDay) {
          item.dataset.day = newDay;
        } else {
          delete item.dataset.day;
        }
        const near = last && new Date(at).getTime() - new Date(last.at).getTime() < GROUP_INTERVAL;
        item.classList.toggle(
          "follows", Boolean(near && last?.author === author && item.previousElementSibling === last.item));
        last = { item, author, at };
      }
    });
    this.#empty.hidden = items.length > 0;
  }

  #isAtTheEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < END_TOLERANCE;
  }

  /** @param {boolean} follow whether the end of the list was displayed */
  #settle(follow) {
    if (follow) {
      this.toTheEnd();
    } else {
      this.#newest.hidden = false;
    }
  }

  /**
   * Prevents screen readers from announcing earlier messages.
   * @param {() => void} work
   * @param {boolean} quiet
   */
  #quietly(work, quiet) {
    this.#log.ariaLive = quiet ? "off" : "polite";
    work();
    requestAnimationFrame(() => (this.#log.ariaLive = "polite"));
  }
}
