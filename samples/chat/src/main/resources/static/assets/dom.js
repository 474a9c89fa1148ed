// Small helpers for building the page. Text is only ever set as text.

/** Makes an element: element("b", { className: "x", title: "y" }, "text", other). */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child != null));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

const TINTS = 8;

/** Shows the first two letters of a name in one of eight colours, which is the same for the same name. */
export function dress(avatar, name) {
  avatar.textContent = name.slice(0, 2);
  avatar.dataset.tint = [...name].reduce((sum, letter) => (sum * 37 + letter.codePointAt(0)) % 251, 7) % TINTS;
  return avatar;
}

export const avatar = (name) => dress(element("span", { className: "avatar", ariaHidden: "true" }), name);

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function ago(then) {
  const minutes = Math.round((then - Date.now()) / 60_000);
  if (minutes > -1) {
    return "just now";
  }
  return minutes > -60
    ? relative.format(minutes, "minute")
    : then.toLocaleTimeString("en", { hour: "numeric", minute: "2-digit" });
}

export function time(at) {
  const then = new Date(at);
  return element("time", { dateTime: at, title: then.toLocaleString("en") }, ago(then));
}

/** Says again how long ago everything was. */
export function refreshTimes(root) {
  root.querySelectorAll("time").forEach((shown) => (shown.textContent = ago(new Date(shown.dateTime))));
}

/** Names the day, as people do. */
export function day(at) {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  const name = days > -7 && days < -1
    ? new Date(at).toLocaleDateString("en", { weekday: "long" })
    : days >= -1 ? relative.format(days, "day") : new Date(at).toLocaleDateString("en", { dateStyle: "long" });
  return name[0].toUpperCase() + name.slice(1);
}
