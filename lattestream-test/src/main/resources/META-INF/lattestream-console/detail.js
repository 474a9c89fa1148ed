import { announce, element, find } from "./dom.js";
import { paint } from "./json.js";
import { describe, facts, KINDS } from "./rows.js";

/** Displays the details of one entry. */
export class Detail {
  #entry = null;
  #section = find("detail");

  constructor(closed) {
    find("close").addEventListener("click", closed);
    find("copy").addEventListener("click", () => this.#copy());
  }

  get isOpen() {
    return this.#entry !== null;
  }

  show(entry) {
    this.#entry = entry;
    this.#section.hidden = entry === null;
    if (entry === null) {
      return;
    }
    find("detail-title").textContent = `${KINDS[entry.kind]}: ${describe(entry).title}`;
    find("facts").replaceChildren(
      ...facts(entry).flatMap(([name, text]) => [element("dt", { text: name }), element("dd", { text })]),
    );
    find("copy").hidden = entry.data === undefined;
    find("cut").hidden = entry.dataLength === undefined;
    find("cut").textContent = `Truncated: the complete payload has ${entry.dataLength?.toLocaleString("en")} characters.`;
    paint(find("payload"), entry.data ?? "");
    this.#section.scrollTop = 0;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#entry.data);
      announce("The payload has been copied.");
      find("copy").textContent = "Copied";
    } catch {
      find("copy").textContent = "Not permitted";
    }
    setTimeout(() => (find("copy").textContent = "Copy"), 1500);
  }
}
