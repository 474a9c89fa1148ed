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
  const answer = await response.json();
  if (!response.ok) {
    show(`Refused: ${answer.error}`, true);
  } else {
    const sockets = answer.triggered === 1 ? "1 socket" : `${answer.triggered} sockets`;
    show(`Accepted, for ${sockets}.`, false);
  }
}

/** Sends what is filled in; the token is asked for then, as another engine has another one. */
export function enableForm(token) {
  form.data.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    const problem = problemOf(form.data.value);
    if (problem) {
      show(problem, true);
      form.data.focus();
      return;
    }
    try {
      await send(token());
    } catch {
      show("Not sent: the engine does not answer.", true);
    }
  });
}
