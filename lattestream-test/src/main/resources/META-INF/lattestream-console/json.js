import { element } from "./dom.js";

const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[{}[\],:]/g;
const INDENT = "  ";

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Formats JSON token by token, so that numbers and keys are displayed unchanged. Returns pairs of text and CSS class.
 */
export function layOut(text) {
  if (!isJson(text)) {
    return [[text, ""]];
  }
  const tokens = text.match(TOKEN);
  const laidOut = [];
  let depth = 0;
  const newLine = () => laidOut.push(["\n" + INDENT.repeat(depth), ""]);
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === "{" || token === "[") {
      laidOut.push([token, ""]);
      depth++;
      if (next !== "}" && next !== "]") {
        newLine();
      }
    } else if (token === "}" || token === "]") {
      depth--;
      if (tokens[i - 1] !== "{" && tokens[i - 1] !== "[") {
        newLine();
      }
      laidOut.push([token, ""]);
    } else if (token === ",") {
      laidOut.push([token, ""]);
      newLine();
    } else if (token === ":") {
      laidOut.push([": ", ""]);
    } else if (token.startsWith('"')) {
      laidOut.push([token, next === ":" ? "key" : "text"]);
    } else {
      laidOut.push([token, /[0-9]/.test(token) ? "number" : "word"]);
    }
  });
  return laidOut;
}

/** Shows JSON laid out and in colours, or another text as it is. */
export function paint(target, text) {
  target.replaceChildren(
    ...layOut(text).map(([part, className]) => (className ? element("span", { className, text: part }) : part)),
  );
}
