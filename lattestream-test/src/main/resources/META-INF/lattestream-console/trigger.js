import { find } from "./dom.js";

const form = find("form");
const outcome = find("outcome");

function show(text, failed) {
  outcome.textContent = text;
  outcome.toggleAttribute("data-failed", failed);
}

function problemOf(json) {
  try {
    JSON.parse(json);
    return "";
  } catch (error) {
    return `Not valid JSON: ${error.message}`;
  }
}

async function send(token) {
  const { channel, event, data } = Object.fromEntries(new FormData(form));
  const response = await fetch("/console/trigger", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-LatteStream-Console": token },
    body: JSON.stringify({ channel, event, data }),
  });
  const result = await response.json();
  if (!response.ok) {
    show(`Rejected: ${result.error}`, true);
  } else {
    const sockets = result.triggered === 1 ? "1 socket" : `${result.triggered} sockets`;
    show(`Accepted, for ${sockets}.`, false);
  }
}

/** Enables the form. The token is read when the form is sent, because another engine has another token. */
export function enableForm(token) {
  form.data.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = problemOf(form.data.value);
    if (problem) {
      show(problem, true);
      form.data.focus();
      return;
    }
    try {
      await send(token());
    } catch {
      show("Not sent: the engine does not respond.", true);
    }
  });
}
