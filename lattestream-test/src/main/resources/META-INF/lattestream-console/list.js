import { element, find, oncePerFrame, setText } from "./dom.js";
import { describe } from "./rows.js";

const OVERSCAN = 6;

/**
 * Displays a feed of any length with as many rows as fit the window. The newest entry is at the top. If the list is
 * scrolled, the visible rows keep their position when entries are added.
 */
export class List {
  #feed;
  #choose;
  #list = find("list");
  #rows = find("rows");
  #pool = [];
  #chosen = null;
  #height = 0;

  draw = oncePerFrame(() => this.#draw());

  constructor(feed, choose) {
    this.#feed = feed;
    this.#choose = choose;
    this.#list.addEventListener("scroll", this.draw, { passive: true });
    this.#list.addEventListener("keydown", (event) => this.#move(event));
    this.#rows.addEventListener("click", (clicked) => {
      const row = clicked.target.closest(".row");
      if (row) {
        this.choose(this.#feed.at(row.index));
      }
    });
    new ResizeObserver(() => {
      this.#height = 0;
      this.draw();
    }).observe(this.#list);
  }

  /** Keeps the scroll position when rows are added at the top. */
  rowsAdded(added) {
    if (added > 0 && this.#list.scrollTop > 0) {
      this.#rows.style.height = `${this.#feed.length * this.#rowHeight()}px`;
      this.#list.scrollTop += added * this.#rowHeight();
    }
    this.draw();
  }

  toTop() {
    this.#list.scrollTop = 0;
    this.draw();
  }

  choose(entry) {
    this.#chosen = entry ?? null;
    this.#choose(this.#chosen);
    this.draw();
  }

  focus() {
    this.#list.focus({ preventScroll: true });
  }

  #rowHeight() {
    if (this.#height === 0) {
      const row = this.#pool[0] ?? this.#newRow();
      row.hidden = false;
      this.#height = row.offsetHeight;
    }
    return this.#height;
  }

  #draw() {
    const height = this.#rowHeight();
    const { scrollTop, clientHeight } = this.#list;
    const first = Math.max(0, Math.floor(scrollTop / height) - OVERSCAN);
    const end = Math.min(this.#feed.length, Math.ceil((scrollTop + clientHeight) / height) + OVERSCAN);
    this.#rows.style.height = `${this.#feed.length * height}px`;
    while (this.#pool.length < end - first) {
      this.#newRow();
    }
    this.#pool.forEach((row, i) => this.#fill(row, first + i, end, height));
    this.#point(this.#pool.find((row) => !row.hidden && row.entry === this.#chosen));
  }

  #newRow() {
    const row = element("div", { className: "row" });
    row.id = `row-${this.#pool.length}`;
    row.setAttribute("role", "option");
    row.parts = {};
    // the order in which screen readers read the row; the style sheet places the time first
    for (const name of ["kind", "title", "about", "result", "time"]) {
      row.append((row.parts[name] = element("span", { className: name })));
    }
    row.parts.where = element("span", { className: "where" });
    row.parts.rest = element("span");
    row.parts.about.append(row.parts.where, row.parts.rest);
    this.#pool.push(row);
    this.#rows.append(row);
    return row;
  }

  #fill(row, index, end, height) {
    row.hidden = index >= end;
    if (row.hidden) {
      return;
    }
    const entry = this.#feed.at(index);
    const chosen = entry === this.#chosen;
    row.index = index;
    row.style.transform = `translateY(${index * height}px)`;
    row.setAttribute("aria-posinset", index + 1);
    row.setAttribute("aria-setsize", this.#feed.length);
    row.setAttribute("aria-selected", chosen);
    if (row.entry !== entry) {
      row.entry = entry;
      this.#write(row, entry);
    }
  }

  // only if it differs, because a change is announced by screen readers
  #point(row) {
    const now = this.#list.getAttribute("aria-activedescendant");
    if (!row) {
      this.#list.removeAttribute("aria-activedescendant");
    } else if (now !== row.id) {
      this.#list.setAttribute("aria-activedescendant", row.id);
    }
  }

  #write(row, entry) {
    const texts = describe(entry);
    row.dataset.kind = entry.kind;
    for (const name of ["time", "kind", "title", "result"]) {
      setText(row.parts[name], texts[name]);
    }
    setText(row.parts.where, texts.where);
    setText(row.parts.rest, (texts.where && texts.about ? "  ·  " : "") + texts.about);
    row.parts.result.className = `result ${texts.tone}`;
  }

  #move(event) {
    const page = Math.max(1, Math.floor(this.#list.clientHeight / this.#rowHeight()) - 1);
    const last = this.#feed.length - 1;
    const now = this.#feed.indexOf(this.#chosen);
    const to = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || last < 0) {
      return;
    }
    event.preventDefault();
    const index = Math.min(Math.max(to, 0), last);
    this.#show(index);
    this.choose(this.#feed.at(index));
  }

  #show(index) {
    const top = index * this.#rowHeight();
    const { scrollTop, clientHeight } = this.#list;
    if (top < scrollTop) {
      this.#list.scrollTop = top;
    } else if (top + this.#rowHeight() > scrollTop + clientHeight) {
      this.#list.scrollTop = top + this.#rowHeight() - clientHeight;
    }
  }
}
