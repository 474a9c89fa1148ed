import { element, find, oncePerFrame, setText } from "./dom.js";
import { timeOf } from "./rows.js";

/** Synchronizes the rows of a list with the given items, and reuses the rows of items that are already present. */
class Rows {
  #list;
  #make;
  #rows = new Map();

  constructor(list, make) {
    this.#list = list;
    this.#make = make;
  }

  show(items, key, total) {
    const removed = new Set(this.#rows.keys());
    items.forEach((item, i) => {
      const id = item[key];
      removed.delete(id);
      let row = this.#rows.get(id);
      if (!row) {
        this.#rows.set(id, (row = this.#make(id)));
      }
      if (this.#list.children[i] !== row.node) {
        this.#list.insertBefore(row.node, this.#list.children[i] ?? null);
      }
      row.update(item);
    });
    removed.forEach((id) => {
      this.#rows.get(id).node.remove();
      this.#rows.delete(id);
    });
    this.#more(total - items.length);
  }

  #more(number) {
    const last = this.#list.querySelector(":scope > .more");
    if (number <= 0) {
      last?.remove();
    } else {
      const row = last ?? element("li", { className: "more number-of" });
      setText(row, `and ${number.toLocaleString("en")} more`);
      this.#list.append(row);
    }
  }
}

function chips(list, names, total) {
  const texts = total > names.length ? [...names, `and ${total - names.length} more`] : names;
  const same = list.children.length === texts.length && texts.every((text, i) => list.children[i].textContent === text);
  if (!same) {
    list.replaceChildren(...texts.map((text) => element("li", { text })));
  }
}

function channelRow(name, choose) {
  const button = element("button", { className: "plain", text: name });
  button.type = "button";
  button.title = "Show only this channel in the feed";
  button.addEventListener("click", () => choose(name));
  const number = element("span", { className: "number-of" });
  const members = element("ul", { className: "chips" });
  members.setAttribute("aria-label", "Members");
  return {
    node: element("li", {}, element("div", { className: "line" }, button, number), members),
    update(channel) {
      setText(number, `${channel.subscribers} subscribed`);
      chips(members, channel.members.map(({ id }) => id), channel.memberCount);
      channel.members.forEach(({ info }, i) => (members.children[i].title = info));
    },
  };
}

function socketRow(id, choose) {
  const button = element("button", { className: "plain mono", text: id });
  button.type = "button";
  button.title = "Show only this socket in the feed";
  button.addEventListener("click", () => choose(id));
  const frames = element("span", { className: "number-of" });
  frames.title = "Frames from and to the client";
  const about = element("p", { className: "none" });
  const channels = element("ul", { className: "chips" });
  channels.setAttribute("aria-label", "Channels");
  return {
    node: element("li", {}, element("div", { className: "line" }, button, frames), about, channels),
    update(socket) {
      setText(frames, `${socket.received} in, ${socket.sent.toLocaleString("en")} out`);
      const user = socket.user === null ? "" : `, ${socket.user}`;
      setText(about, `${socket.admitted ? "since" : "not authenticated, since"} ${timeOf(socket.since).slice(0, 8)}${user}`);
      chips(channels, socket.channels, socket.channelCount);
    },
  };
}

/** Displays the current channels and sockets. */
export class Connections {
  #state = null;
  #channels;
  #sockets;
  #draw = oncePerFrame(() => this.#show());

  constructor(choose) {
    this.#channels = new Rows(find("channel-list"), (name) => channelRow(name, choose));
    this.#sockets = new Rows(find("socket-list"), (id) => socketRow(id, choose));
  }

  update(state) {
    this.#state = state;
    this.#draw();
  }

  #show() {
    const { channels, channelCount, sockets, socketCount } = this.#state;
    setText(find("channel-count"), String(channelCount));
    setText(find("socket-count"), String(socketCount));
    this.#channels.show(channels, "name", channelCount);
    this.#sockets.show(sockets, "id", socketCount);
    const known = find("known-channels");
    const options = channels.map(({ name }) => name);
    if ([...known.children].map(({ value }) => value).join() !== options.join()) {
      known.replaceChildren(...options.map((name) => Object.assign(element("option"), { value: name })));
    }
  }
}
