// The entries of this page, limited to the newest ones, and the visible ones among them.

export class Feed {
  #limit = 5000;
  #entries = [];
  #visible = [];
  #held = [];
  #kinds = new Set();
  #query = "";
  #seen = 0;

  paused = false;
  missed = 0;
  counts = { call: 0, event: 0, connection: 0, webhook: 0, note: 0 };

  set limit(limit) {
    this.#limit = limit;
  }

  get held() {
    return this.#held.length;
  }

  get size() {
    return this.#entries.length;
  }

  /** Number of visible entries. */
  get length() {
    return this.#visible.length;
  }

  /** Returns the visible entry at an index; the newest has the index 0. */
  at(index) {
    return this.#visible[this.#visible.length - 1 - index];
  }

  indexOf(entry) {
    const index = this.#visible.indexOf(entry);
    return index < 0 ? -1 : this.#visible.length - 1 - index;
  }

  /** Adds entries, the oldest first, and returns the number of rows added at the top. */
  add(entries, skipped = 0) {
    this.missed += skipped;
    if (this.paused) {
      this.#held.push(...entries);
      const excess = this.#held.length - this.#limit;
      if (excess > 0) {
        this.#held.splice(0, excess);
        this.missed += excess;
      }
      return 0;
    }
    return this.#append(entries);
  }

  #append(entries) {
    let added = 0;
    for (const entry of entries) {
      entry.number = ++this.#seen;
      this.#entries.push(entry);
      this.counts[entry.kind]++;
      if (this.#shows(entry)) {
        this.#visible.push(entry);
        added++;
      }
    }
    this.#dropOldest();
    return added;
  }

  #dropOldest() {
    const excess = this.#entries.length - this.#limit;
    if (excess > 0) {
      this.#entries.splice(0, excess).forEach((entry) => this.counts[entry.kind]--);
      const oldest = this.#entries[0].number;
      let removed = 0;
      while (removed < this.#visible.length && this.#visible[removed].number < oldest) {
        removed++;
      }
      this.#visible.splice(0, removed);
    }
  }

  resume() {
    this.paused = false;
    const held = this.#held;
    this.#held = [];
    return this.#append(held);
  }

  /** Shows only entries of the given kinds that contain the text. */
  filter(kinds, query) {
    this.#kinds = new Set(kinds).add("note");
    this.#query = query.trim().toLowerCase();
    this.#visible = this.#entries.filter((entry) => this.#shows(entry));
  }

  clear() {
    this.#entries = [];
    this.#visible = [];
    this.#held = [];
    this.missed = 0;
    Object.keys(this.counts).forEach((kind) => (this.counts[kind] = 0));
  }

  #shows(entry) {
    return this.#kinds.has(entry.kind) && (this.#query === "" || textOf(entry).includes(this.#query));
  }
}

function textOf(entry) {
  return (entry.searched ??= [
    entry.title,
    ...(entry.channels ?? []),
    entry.socket,
    entry.user,
    entry.status,
    entry.url,
    entry.reason,
    entry.data,
  ]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase());
}
