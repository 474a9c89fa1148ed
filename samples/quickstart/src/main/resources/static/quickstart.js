// A browser client in its simplest form: one channel, public. Applications use the LatteStream browser SDK.

const CHANNEL = "chat";
const LONGEST_WAIT = 30_000;
const LONGEST_SILENCE = 120_000;
const LONGEST_WAIT_FOR_PONG = 30_000;
const MOST_SHOWN = 200;

const state = document.getElementById("state");
const messages = document.getElementById("messages");
const form = document.getElementById("form");
const problem = document.getElementById("problem");

let failures = 0;
let silence;

function show(name, text) {
  state.dataset.state = name;
  state.textContent = text;
}

async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw Object.assign(new Error(`${url} received status ${response.status}`), { status: response.status });
  }
  return response.json();
}

// a public key is exchanged for a token, before every connection
async function socketUrl(settings) {
  const secure = settings.tls ? "s" : "";
  const rest = settings.endpoint
    ? `http${secure}://${settings.endpoint}`
    : `https://${settings.cluster}.lattestream.com`;
  const found = await fetchJson(`${rest}/discover?api_key=${settings.key}`);
  const socket = settings.endpoint
    ? `ws${secure}://${settings.endpoint}`
    : `wss://${found.cluster}-node${found.node_id}.lattestream.com`;
  return `${socket}?discovery_token=${found.discovery_token}`;
}

async function connect(settings) {
  show("connecting", "Connecting …");
  try {
    const socket = new WebSocket(await socketUrl(settings));
    socket.onopen = () => socket.send(JSON.stringify({ api_key: settings.key }));
    socket.onmessage = ({ data }) => {
      listenForSilence(socket);
      receive(socket, JSON.parse(data));
    };
    socket.onclose = () => retry(settings);
  } catch (error) {
    console.warn(error);
    if (error.status === 401 || error.status === 403) {
      problem.textContent = "The public key was refused.";
    }
    retry(settings);
  }
}

// a lost connection is not always reported: after a silence, a ping shows whether the connection is open
function listenForSilence(socket) {
  clearTimeout(silence);
  silence = setTimeout(() => {
    send(socket, "lattestream:ping", {});
    silence = setTimeout(() => socket.close(), LONGEST_WAIT_FOR_PONG);
  }, LONGEST_SILENCE);
}

function send(socket, event, data) {
  socket.send(JSON.stringify({ event, data }));
}

function retry(settings) {
  clearTimeout(silence);
  const wait = Math.min(1000 * 2 ** failures++, LONGEST_WAIT) * (1 + Math.random() / 4);
  show("waiting", "Disconnected, trying again …");
  setTimeout(connect, wait, settings);
}

function receive(socket, { event, channel, data }) {
  // the service uses both prefixes
  const name = event.replace(/^lattestream_internal:/, "lattestream:");
  if (name === "lattestream:connection_established") {
    send(socket, "lattestream:subscribe", { channel: CHANNEL });
  } else if (name === "lattestream:subscription_succeeded") {
    failures = 0;
    problem.textContent = "";
    show("subscribed", "Connected");
  } else if (name === "lattestream:subscription_error") {
    show("failed", "Not subscribed");
    problem.textContent = data?.message ?? "The subscription was refused.";
  } else if (name === "message" && channel === CHANNEL) {
    add(typeof data === "string" ? JSON.parse(data) : data);
  }
}

function add({ text, at }) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const time = document.createElement("time");
  words.textContent = text;
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleTimeString();
  item.append(words, time);
  messages.append(item);
  while (messages.children.length > MOST_SHOWN) {
    messages.firstElementChild.remove();
  }
  item.scrollIntoView({ block: "nearest" });
}

form.addEventListener("submit", async (submitted) => {
  submitted.preventDefault();
  problem.textContent = "";
  try {
    const response = await fetch("messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: form.text.value }),
    });
    if (response.ok) {
      form.reset();
    } else {
      problem.textContent = `Not sent: ${(await response.json()).detail}.`;
    }
  } catch {
    problem.textContent = "Not sent: the application does not respond.";
  }
});

try {
  const settings = await fetchJson("client-settings");
  if (settings.key) {
    connect(settings);
  } else {
    show("failed", "No public key");
    problem.textContent = "Set LATTESTREAM_PUBLIC_KEY to the application's public key (lspk_…), and start again.";
  }
} catch (error) {
  console.warn(error);
  show("failed", "The application does not respond");
}
