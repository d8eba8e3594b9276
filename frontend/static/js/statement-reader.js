// The reader of a statement: N and P walk from commitment to commitment, a mark outlines its partner in the other
// language, and M takes the words that are selected to the form of a new commitment. On that form M takes the words that
// are selected in the paragraph. Without a script the numbers are links to the same places, and words are typed.

/**
 * Counts the characters of a paragraph up to a place in it. The numbers of the marks are none of its words.
 * @param {Element} words @param {Node} node @param {number} offset
 */
function charactersBefore(words, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(words);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return [...(copy.textContent ?? "")].length;
}

/**
 * The words of one paragraph that are selected, as the numbers of their first and last character, from 1. A selection that
 * runs beyond the paragraph, as a double click makes it, is cut at its end.
 * @param {Element | null} words
 */
function selectedIn(words) {
  const selection = document.getSelection();
  if (!words || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!words.contains(range.startContainer)) return null;
  const first = charactersBefore(words, range.startContainer, range.startOffset) + 1;
  const last = words.contains(range.endContainer)
    ? charactersBefore(words, range.endContainer, range.endOffset)
    : charactersBefore(words, words, words.childNodes.length);
  return last < first ? null : { first, last };
}

/** The paragraph in which the selection begins. @param {string} selector */
function selectedWords(selector) {
  const node = document.getSelection()?.anchorNode;
  const range = document.getSelection()?.rangeCount ? document.getSelection()?.getRangeAt(0) : null;
  const start = range?.startContainer ?? node;
  const element = start instanceof Element ? start : start?.parentElement;
  return element?.closest(selector) ?? null;
}

/** Whether single keys are for whoever types. @param {KeyboardEvent} event */
function typing(event) {
  const field = /** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]");
  return document.documentElement.dataset.keys === "off" || field || event.isComposing || event.altKey || event.ctrlKey || event.metaKey;
}

class StatementReader extends HTMLElement {
  connectedCallback() {
    this.at = -1;
    this.items = [...this.querySelectorAll("li[data-commitment]")];
    this.#marking();
    if (this.items.length === 0) return;
    for (const hidden of this.querySelectorAll("[hidden]")) hidden.removeAttribute("hidden");
    this.#count();
    this.#follow();
    window.addEventListener("hashchange", () => this.#follow());
    for (const step of this.querySelectorAll("[data-step]")) {
      step.addEventListener("click", (event) => {
        event.preventDefault();
        this.#go(Number(/** @type {HTMLElement} */ (step).dataset.step));
      });
    }
    for (const mark of this.querySelectorAll("mark")) {
      mark.addEventListener("click", () => this.#stand(/** @type {HTMLElement} */ (mark).dataset.commitment ?? ""));
    }
    document.addEventListener("keydown", (event) => {
      if (typing(event)) return;
      if (event.key === "n") this.#go(1);
      if (event.key === "p") this.#go(-1);
    });
  }

  /** The link to the form of a commitment takes the selected words along. */
  #marking() {
    const link = /** @type {HTMLAnchorElement | null} */ (this.querySelector("a[data-mark]"));
    if (!link) return;
    const plain = link.getAttribute("href") ?? "";
    link.addEventListener("mousedown", (event) => event.preventDefault()); // a press would end the selection
    link.addEventListener("click", () => {
      const words = selectedWords(".wordings p[lang]");
      const place = selectedIn(words);
      const paragraph = words?.closest(".paragraph")?.id;
      if (!place || !paragraph) {
        link.setAttribute("href", plain);
        return;
      }
      const to = new URL(plain, location.href);
      const lang = words?.getAttribute("lang") ?? "";
      for (const [name, value] of Object.entries({ paragraph, lang, first: place.first, last: place.last })) to.searchParams.set(name, String(value));
      link.setAttribute("href", to.pathname + to.search);
    });
  }

  /** Goes to the next or the previous commitment and outlines its words. @param {number} step */
  #go(step) {
    this.at = Math.min(Math.max(this.at + step, 0), this.items.length - 1);
    const item = /** @type {HTMLElement} */ (this.items[this.at]);
    item.closest("section")?.scrollIntoView({ block: "start" });
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" }); // beside a long paragraph it may stand far below
    this.#stand(item.id);
  }

  /** Stands at the commitment that the address names, so that the walk goes on from there. */
  #follow() {
    const code = location.hash.slice(1);
    if (this.items.some((item) => item.id === code)) this.#stand(code);
  }

  /** Stands at the first of the commitments with those codes and outlines them all. @param {string} codes */
  #stand(codes) {
    this.at = this.items.findIndex((item) => codes.split(" ").includes(item.id));
    this.#outline(codes);
    this.#count();
  }

  /** Outlines everything that belongs to the commitments with those codes. @param {string} codes */
  #outline(codes) {
    for (const one of this.querySelectorAll("[data-commitment]")) {
      const own = (/** @type {HTMLElement} */ (one).dataset.commitment ?? "").split(" ");
      one.classList.toggle("selected", codes.split(" ").some((code) => own.includes(code)));
    }
  }

  #count() {
    const output = this.querySelector("output");
    if (output) output.textContent = `${Math.max(this.at + 1, 0)} / ${this.items.length}`;
  }
}
customElements.define("statement-reader", StatementReader);

/** The words of a commitment on its form: the ones that are selected in the paragraph go into the fields below it. */
class MarkWords extends HTMLElement {
  connectedCallback() {
    const rows = [...this.querySelectorAll(".mark-row")];
    for (const row of rows) {
      const button = row.querySelector("button[data-take]");
      button?.removeAttribute("hidden");
      button?.addEventListener("mousedown", (event) => event.preventDefault());
      button?.addEventListener("click", () => this.#take(row));
    }
    document.addEventListener("keydown", (event) => {
      const row = selectedWords("[data-words]")?.closest(".mark-row");
      if (event.key !== "m" || typing(event) || !row) return;
      event.preventDefault();
      this.#take(row);
    });
    this.#ask();
  }

  /** Puts the words that are selected in a language into its fields, with the place where they stand. @param {Element} row */
  #take(row) {
    const words = row.querySelector("[data-words]");
    const place = selectedIn(words);
    if (!words || !place) return;
    const text = [...(words.textContent ?? "")];
    const exact = text.slice(place.first - 1, place.last).join("").trim();
    const from = text.slice(0, place.first - 1).join("").length;
    if (exact === "") return;
    const whole = words.textContent ?? "";
    let number = 0;
    for (let at = whole.indexOf(exact); at >= 0 && at <= whole.indexOf(exact, from); at = whole.indexOf(exact, at + 1)) number += 1;
    /** @type {HTMLTextAreaElement} */ (row.querySelector("textarea")).value = exact;
    /** @type {HTMLInputElement} */ (row.querySelector("input[type=number]")).value = String(number);
    this.#ask();
  }

  /** Asks for the partner in the language that has no words yet. */
  #ask() {
    const say = /** @type {HTMLElement | null} */ (this.querySelector("[data-say]"));
    const filled = [...this.querySelectorAll("textarea")].filter((t) => t.value !== "").length;
    if (say) say.hidden = filled === 0 || filled === this.querySelectorAll("textarea").length;
  }
}
customElements.define("mark-words", MarkWords);
