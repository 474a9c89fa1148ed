// All content is added to the page here, as text and never as markup.

export function find(id) {
  return document.getElementById(id);
}

export function element(tag, { className = "", text } = {}, ...children) {
  const created = document.createElement(tag);
  created.className = className;
  if (text !== undefined) {
    created.textContent = text;
  }
  created.append(...children);
  return created;
}

/** Sets a text only if it differs, to avoid needless layout and screen reader announcements. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Returns a function that schedules the work for the next animation frame, at most once per frame. */
export function oncePerFrame(work) {
  let scheduled = false;
  return () => {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => {
        scheduled = false;
        work();
      });
    }
  };
}

/** Announces a text to screen readers. */
export function announce(text) {
  find("spoken").textContent = text;
}
