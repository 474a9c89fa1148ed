import { Connections } from "./connections.js";
import { Detail } from "./detail.js";
import { announce, element, find, oncePerFrame, setText } from "./dom.js";
import { Feed } from "./feed.js";
import { List } from "./list.js";
import { listen } from "./stream.js";
import { enableForm } from "./trigger.js";

const feed = new Feed();
const detail = new Detail(() => list.choose(null));
const list = new List(feed, (entry) => detail.show(entry));
const connections = new Connections((text) => {
  find("filter").value = text;
  filter();
});
let engine = null;
let live = false;

// status, counters and footer

const drawStatus = oncePerFrame(() => {
  for (const label of find("kinds").querySelectorAll("label")) {
    setText(label.querySelector("span"), feed.counts[label.dataset.kind].toLocaleString("en"));
  }
  drawNotice();
  find("empty").hidden = feed.length > 0;
  setText(
    find("empty"),
    feed.size > 0
      ? "No entries match the filter."
      : "No entries yet. Trigger an event here, or connect an application to this engine.",
  );
});

function drawNotice() {
  const texts = [];
  if (feed.paused) {
    texts.push(`Paused, ${feed.held.toLocaleString("en")} waiting.`);
  }
  if (feed.missed > 0) {
    texts.push(`${feed.missed.toLocaleString("en")} skipped: more entries than this page could display.`);
  }
  setText(find("notice"), texts.join(" "));
  find("notice").hidden = texts.length === 0;
}

function drawLink() {
  const [state, text] = !live
    ? ["lost", "Disconnected, reconnecting …"]
    : feed.paused
      ? ["paused", "Paused"]
      : ["live", "Live"];
  find("link").dataset.state = state;
  setText(find("link"), text);
}

function drawFooter({ address, port, loopback, publicKey, webhookUrl }) {
  const where = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  find("reach").replaceChildren(
    "Listens on ",
    element("code", { text: where }),
    loopback ? ", reachable from this machine only" : ", and all clients that can reach this address can open this page",
  );
  find("reach").toggleAttribute("data-open", !loopback);
  find("public-key").replaceChildren("Public key ", element("code", { text: publicKey }));
  find("webhooks").replaceChildren(
    ...(webhookUrl ? ["Webhooks to ", element("code", { text: webhookUrl })] : ["No webhooks"]),
  );
}

// user input

function filter() {
  const kinds = [...find("kinds").querySelectorAll(":checked")].map(({ value }) => value);
  feed.filter(kinds, find("filter").value);
  list.toTop();
  drawStatus();
}

function pause() {
  if (feed.paused) {
    list.rowsAdded(feed.resume());
  } else {
    feed.paused = true;
  }
  find("pause").setAttribute("aria-pressed", feed.paused);
  drawLink();
  drawStatus();
}

function clear() {
  feed.clear();
  list.choose(null);
  list.toTop();
  drawStatus();
  announce("The feed has been cleared.");
}

find("kinds").addEventListener("change", filter);
find("filter").addEventListener("input", filter);
find("pause").addEventListener("click", pause);
find("clear").addEventListener("click", clear);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && detail.isOpen) {
    list.choose(null);
    list.focus();
  }
  const isTyping = event.target.matches("input:not([type=checkbox]), textarea");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "p") {
    pause();
  } else if (event.key === "/") {
    event.preventDefault();
    find("filter").focus();
  }
});

// messages of the engine

function addEntries(entries, skipped) {
  list.rowsAdded(feed.add(entries, skipped));
  drawStatus();
}

filter();
enableForm(() => engine.token);
listen({
  hello(hello) {
    if (engine && engine.run !== hello.run) {
      addEntries([{ kind: "note", at: Date.now(), title: "Connected to another engine" }]);
    }
    engine = hello;
    live = true;
    feed.limit = hello.maxEntries;
    drawLink();
    drawFooter(hello);
  },
  entries({ skipped, entries }) {
    addEntries(entries, skipped);
  },
  state(state) {
    connections.update(state);
  },
  lost() {
    live = false;
    drawLink();
  },
});
