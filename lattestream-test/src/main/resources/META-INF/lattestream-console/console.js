import { Detail } from "./detail.js";
import { element, find, oncePerFrame, say, setText } from "./dom.js";
import { Feed } from "./feed.js";
import { List } from "./list.js";
import { Roster } from "./roster.js";
import { listen } from "./stream.js";
import { enableForm } from "./trigger.js";

const feed = new Feed();
const detail = new Detail(() => list.choose(null));
const list = new List(feed, (entry) => detail.show(entry));
const roster = new Roster((text) => {
  find("filter").value = text;
  filter();
});
let engine = null;
let live = false;

// what is written around the list

const drawAround = oncePerFrame(() => {
  for (const label of find("kinds").querySelectorAll("label")) {
    setText(label.querySelector("span"), feed.counts[label.dataset.kind].toLocaleString("en"));
  }
  drawNotice();
  find("empty").hidden = feed.length > 0;
  setText(
    find("empty"),
    feed.size > 0
      ? "Nothing that the filter lets through."
      : "Nothing yet. Trigger an event here, or point an application at this engine.",
  );
});

function drawNotice() {
  const texts = [];
  if (feed.paused) {
    texts.push(`Paused, ${feed.held.toLocaleString("en")} waiting.`);
  }
  if (feed.missed > 0) {
    texts.push(`${feed.missed.toLocaleString("en")} left out: more came than this page could take.`);
  }
  setText(find("notice"), texts.join(" "));
  find("notice").hidden = texts.length === 0;
}

function drawLink() {
  const [state, text] = !live
    ? ["lost", "Disconnected, trying again …"]
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
    loopback ? ", which only this machine reaches" : ", and whoever reaches that sees this page",
  );
  find("reach").toggleAttribute("data-open", !loopback);
  find("public-key").replaceChildren("Public key ", element("code", { text: publicKey }));
  find("webhooks").replaceChildren(
    ...(webhookUrl ? ["Webhooks to ", element("code", { text: webhookUrl })] : ["No webhooks"]),
  );
}

// what is pressed

function filter() {
  const kinds = [...find("kinds").querySelectorAll(":checked")].map(({ value }) => value);
  feed.filter(kinds, find("filter").value);
  list.toTop();
  drawAround();
}

function pause() {
  if (feed.paused) {
    list.grown(feed.resume());
  } else {
    feed.paused = true;
  }
  find("pause").setAttribute("aria-pressed", feed.paused);
  drawLink();
  drawAround();
}

function clear() {
  feed.clear();
  list.choose(null);
  list.toTop();
  drawAround();
  say("The feed is empty.");
}

find("kinds").addEventListener("change", filter);
find("filter").addEventListener("input", filter);
find("pause").addEventListener("click", pause);
find("clear").addEventListener("click", clear);

document.addEventListener("keydown", (pressed) => {
  if (pressed.key === "Escape" && detail.isOpen) {
    list.choose(null);
    list.focus();
  }
  const isTyping = pressed.target.matches("input:not([type=checkbox]), textarea");
  if (isTyping || pressed.ctrlKey || pressed.metaKey || pressed.altKey) {
    return;
  }
  if (pressed.key === "p") {
    pause();
  } else if (pressed.key === "/") {
    pressed.preventDefault();
    find("filter").focus();
  }
});

// what the engine sends

function take(entries, skipped) {
  list.grown(feed.add(entries, skipped));
  drawAround();
}

filter();
enableForm(() => engine.token);
listen({
  hello(hello) {
    if (engine && engine.run !== hello.run) {
      take([{ kind: "note", at: Date.now(), title: "Another engine from here on" }]);
    }
    engine = hello;
    live = true;
    feed.limit = hello.maxEntries;
    drawLink();
    drawFooter(hello);
  },
  entries({ skipped, entries }) {
    take(entries, skipped);
  },
  state(state) {
    roster.update(state);
  },
  lost() {
    live = false;
    drawLink();
  },
});
