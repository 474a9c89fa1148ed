// The list of messages: in the order of their numbers, those of one author together, one's own at once.

import { avatar, day, element, refreshTimes, time } from "./dom.js";

const PAGE = 50; // the size of a page of the application
const MOST_SHOWN = 400;
const TOGETHER = 5 * 60_000;
const NEAR_THE_END = 120;

export class Conversation {
  #me;
  #log = document.getElementById("log");
  #list = document.getElementById("messages");
  #scroller = document.getElementById("conversation");
  #earlier = document.getElementById("earlier");
  #empty = document.getElementById("empty");
  #newest = document.getElementById("newest");

  constructor(me) {
    this.#me = me;
    this.#newest.addEventListener("click", () => this.toTheEnd());
    this.#scroller.addEventListener("scroll", () => this.#isAtTheEnd() && (this.#newest.hidden = true), { passive: true });
    setInterval(refreshTimes, 20_000, this.#list);
  }

  clear(greeting) {
    this.#list.replaceChildren();
    this.#earlier.hidden = true;
    this.#newest.hidden = true;
    this.#empty.textContent = greeting;
    this.#empty.hidden = true;
  }

  /** The number of the oldest message shown. */
  get oldest() {
    return Number(this.#list.querySelector("[data-id]")?.dataset.id ?? 0);
  }

  /** Shows the newest messages there are: at first, and again when some may have been missed. */
  showNewest(messages) {
    const shown = [...this.#list.querySelectorAll("[data-id]")];
    const full = messages.length === PAGE;
    // more than one page was missed: "earlier" loads the messages in between
    const gap = full && shown.length > 0 && messages[0].id > Number(shown.at(-1).dataset.id);
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

  showEarlier(messages) {
    const height = this.#scroller.scrollHeight;
    this.#quietly(() => messages.forEach((message) => this.#show(message)), true);
    this.#arrange();
    this.#earlier.hidden = messages.length < PAGE;
    this.#scroller.scrollTop += this.#scroller.scrollHeight - height;
  }

  /** Shows a message that has just arrived. */
  add(message) {
    const follow = this.#isAtTheEnd();
    this.#show(message);
    if (follow && this.#list.children.length > MOST_SHOWN) {
      this.#list.firstElementChild.remove();
      this.#earlier.hidden = false;
    }
    this.#arrange();
    this.#settle(follow);
  }

  /** Shows one's own message before it is stored. */
  addPending(message) {
    const item = this.#item({ ...message, author: this.#me, sentAt: new Date().toISOString() });
    item.classList.add("pending");
    this.#list.append(item);
    this.#arrange();
    this.toTheEnd();
  }

  /** Says that a message was not stored, and offers to try again. */
  fail(message, reason, tryAgain) {
    if (!this.#byNonce(message.nonce)) {
      this.addPending(message); // one has been in another room meanwhile
    }
    const item = this.#byNonce(message.nonce);
    if (!item.classList.contains("pending")) {
      return; // said already
    }
    item.classList.replace("pending", "failed");
    const again = element("button", { type: "button", className: "link" }, "Try again");
    const failure = element("p", { className: "failure", role: "alert" }, `Not sent. ${reason} `, again);
    again.addEventListener("click", () => {
      failure.remove();
      item.classList.replace("failed", "pending");
      tryAgain();
    });
    item.querySelector(".body").append(failure);
    this.#settle(true);
  }

  /** Shows a note; a member that left and returned is not shown as having left. */
  note(text, { name, here }) {
    const last = this.#list.lastElementChild;
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

  #show(message) {
    if (this.#list.querySelector(`[data-id="${Number(message.id)}"]`)) {
      return;
    }
    // one's own, which is stored now
    const item = (message.author === this.#me && this.#byNonce(message.nonce)) || this.#item(message);
    item.classList.remove("pending", "failed");
    item.querySelector(".failure")?.remove();
    item.dataset.id = message.id;
    this.#place(item);
  }

  #place(item) {
    const id = Number(item.dataset.id);
    let before = null;
    for (let other = this.#list.lastElementChild; other; other = other.previousElementSibling) {
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

  #byNonce(nonce) {
    return this.#list.querySelector(`[data-nonce="${CSS.escape(nonce)}"]`);
  }

  /** Says which messages go together, and where a day begins. */
  #arrange() {
    const items = [...this.#list.children];
    let last;
    items.forEach((item) => {
      const { author, at } = item.dataset;
      if (author) {
        const newDay = day(at);
        if (!last || day(last.dataset.at) !== newDay) {
          item.dataset.day = newDay;
        } else {
          delete item.dataset.day;
        }
        const near = last && new Date(at) - new Date(last.dataset.at) < TOGETHER;
        item.classList.toggle(
          "follows", Boolean(near && last.dataset.author === author && item.previousElementSibling === last));
        last = item;
      }
    });
    this.#empty.hidden = items.length > 0;
  }

  #isAtTheEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < NEAR_THE_END;
  }

  #settle(follow) {
    if (follow) {
      this.toTheEnd();
    } else {
      this.#newest.hidden = false;
    }
  }

  /** History is not read out. */
  #quietly(work, quiet) {
    this.#log.ariaLive = quiet ? "off" : "polite";
    work();
    requestAnimationFrame(() => (this.#log.ariaLive = "polite"));
  }
}
