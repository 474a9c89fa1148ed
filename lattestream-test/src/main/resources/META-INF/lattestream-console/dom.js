// Everything that is shown gets into the page here, as text: nothing is ever read as markup.

export function find(id) {
  return document.getElementById(id);
}

export function element(tag, { className = "", text } = {}, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
  }
  made.append(...children);
  return made;
}

/** Changes a text only if it is another one, so that nothing is laid out or read aloud for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Runs once before the next picture, however often it was asked for. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        work();
      });
    }
  };
}

/** Says something to those who listen to the page. */
export function say(text) {
  find("spoken").textContent = text;
}
