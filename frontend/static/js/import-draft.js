// The pages on which a statement is brought in: keys walk the rows and the marks and press the buttons that stand there,
// a caret or a selection says where. Without a script the same buttons and forms do everything.

/** Whether a key is a short cut here: not while something is typed or composed, and not when keys are off. @param {KeyboardEvent} event */
function free(event) {
  const typing = /** @type {Element} */ (event.target).closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  return document.documentElement.dataset.keys !== "off" && !typing && !event.isComposing && !event.ctrlKey && !event.metaKey;
}

const encoder = new TextEncoder();

/** The words of an element that are its text, without the codes of characters that cannot be seen. @param {Element} paragraph @param {Node} node @param {number} offset */
function textBefore(paragraph, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  range.setEnd(node, offset);
  return plain(range);
}

/** The text of a range: a code stands for the character that it names, a number above a mark for nothing. @param {Range} range */
function plain(range) {
  const part = range.cloneContents();
  for (const above of part.querySelectorAll("sup")) above.remove();
  for (const hidden of part.querySelectorAll(".unseen")) {
    const code = (hidden.textContent ?? "").replace("U+", "");
    hidden.replaceWith(code ? String.fromCodePoint(parseInt(code, 16)) : "");
  }
  return part.textContent ?? "";
}

/** Where the selection is, if it lies within one paragraph of the draft. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const paragraph = (at instanceof Element ? at : at.parentElement)?.closest("p[data-lang]");
  return paragraph ? { range, paragraph: /** @type {HTMLElement} */ (paragraph) } : null;
}

/** Where a pointer was set down in a text, where that moves no caret, as on a phone. @param {MouseEvent} event */
function pointed(event) {
  const at = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const node = at?.offsetNode;
  const paragraph = (node instanceof Element ? node : node?.parentElement)?.closest("p[data-lang]");
  if (!at || !paragraph) return null;
  const range = document.createRange();
  range.setStart(at.offsetNode, at.offset);
  return { range, paragraph: /** @type {HTMLElement} */ (paragraph) };
}

/** Sends a step that no button stands for. @param {string} form @param {string} value */
function step(form, value) {
  const at = /** @type {HTMLFormElement | null} */ (document.getElementById(form));
  if (!at) return;
  const button = document.createElement("button");
  button.type = "submit";
  button.name = "step";
  button.value = value;
  button.hidden = true;
  at.append(button);
  at.requestSubmit(button);
  button.remove();
}

/** Focuses what the address names, so that the walk goes on from there. */
function arrive() {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  if (target?.matches("[tabindex]")) {
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }
}

/** Moves the focus among elements of one kind. @param {HTMLElement[]} all @param {number} by */
function walk(all, by) {
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const to = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
}

class ImportAlign extends HTMLElement {
  connectedCallback() {
    arrive();
    this.rows = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("li[data-row]")]);
    document.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => this.#offer(event));
  }

  /** Offers to split before the word that was pointed at, or where the selection begins. @param {MouseEvent} event */
  #offer(event) {
    const cell = /** @type {Element} */ (event.target).closest("p[data-lang]");
    if (!cell) return;
    this.querySelector(".split-here")?.remove();
    const at = selected() ?? pointed(event);
    if (!at || at.paragraph !== cell) return;
    const before = textBefore(cell, at.range.startContainer, at.range.startOffset).replace(/[\p{Script=Latin}\p{Script=Cyrillic}\p{N}’'-]+$/u, "");
    const own = /** @type {HTMLElement} */ (cell.closest("li[data-row]"));
    if (!before.trim()) return;
    const whole = document.createRange();
    whole.selectNodeContents(cell);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button split-here";
    const words = document.createElement("q");
    words.lang = at.paragraph.lang;
    words.textContent = [...plain(whole).slice(before.length).trim()].slice(0, 24).join("") + "…";
    button.append(`${this.dataset.split} `, words);
    button.addEventListener("click", () => step("align", `split ${own.dataset.row} ${at.paragraph.dataset.lang} ${encoder.encode(before).length}`));
    cell.after(button);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!free(event)) return;
    const key = event.key;
    if (event.altKey) {
      if (key === "ArrowUp") this.#join(event);
      if (key === "ArrowDown") this.#merge(event);
      return;
    }
    const onRow = document.activeElement?.matches("li[data-row]");
    if (key === "j" || (key === "ArrowDown" && onRow)) this.#go(event, 1);
    if (key === "k" || (key === "ArrowUp" && onRow)) this.#go(event, -1);
    if (key === "s") this.#split(event);
  }

  /** @param {KeyboardEvent} event @param {number} by */
  #go(event, by) {
    event.preventDefault();
    walk(this.rows, by);
  }

  /** The row that has the focus or the caret. */
  #row() {
    const chosen = selected()?.paragraph.closest("li[data-row]");
    return /** @type {HTMLElement | undefined} */ (this.rows.find((row) => row.contains(document.activeElement)) ?? chosen ?? undefined);
  }

  /** Joins the text that has the caret, or the only one, or the last, with the one above. @param {KeyboardEvent} event */
  #join(event) {
    const row = this.#row();
    if (!row || row.dataset.row === "0") return;
    event.preventDefault();
    const at = selected()?.paragraph;
    const texts = /** @type {HTMLElement[]} */ ([...row.querySelectorAll("p[data-lang]")]);
    const text = at && row.contains(at) ? at : texts[texts.length - 1];
    step("align", `join ${row.dataset.row} ${text.dataset.lang}`);
  }

  /** @param {KeyboardEvent} event */
  #merge(event) {
    const row = this.#row();
    if (!row) return;
    event.preventDefault();
    step("align", `merge ${row.dataset.row}`);
  }

  /** Splits where the caret is; without one it opens the places that are offered. @param {KeyboardEvent} event */
  #split(event) {
    const at = selected();
    const row = this.#row();
    if (at && !at.range.collapsed || at && this.contains(at.paragraph) && textBefore(at.paragraph, at.range.startContainer, at.range.startOffset).trim()) {
      event.preventDefault();
      const before = textBefore(at.paragraph, at.range.startContainer, at.range.startOffset);
      const own = /** @type {HTMLElement} */ (at.paragraph.closest("li[data-row]"));
      step("align", `split ${own.dataset.row} ${at.paragraph.dataset.lang} ${encoder.encode(before).length}`);
    } else if (row) {
      event.preventDefault();
      const panel = row.querySelector("details");
      if (panel) panel.open = true;
      /** @type {HTMLElement | null} */ (row.querySelector("button[data-at]"))?.focus();
    }
  }
}
customElements.define("import-align", ImportAlign);

class ImportMarks extends HTMLElement {
  connectedCallback() {
    arrive();
    this.marks = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("li[data-mark]")]);
    for (const mark of this.querySelectorAll("mark")) {
      mark.addEventListener("click", () => document.getElementById(`mark-${(/** @type {HTMLElement} */ (mark).dataset.marks ?? "").split(" ")[0]}`)?.focus());
    }
    this.addEventListener("focusin", (event) => this.#outline(/** @type {HTMLElement} */ (event.target)));
    document.addEventListener("keydown", (event) => this.#key(event));
    // A tap on the button may take the selection away before it is read, so that the last one is kept.
    document.addEventListener("selectionchange", () => {
      const at = selected();
      if (at && !at.range.collapsed) this.last = { range: at.range.cloneRange(), paragraph: at.paragraph };
    });
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-do=take]"))) {
      button.hidden = false;
      button.addEventListener("click", () => this.#take(this.last));
    }
  }

  /** Outlines the words of the mark that has the focus, in every language. @param {HTMLElement} target */
  #outline(target) {
    const id = /** @type {HTMLElement | null} */ (target.closest("li[data-mark]"))?.dataset.mark;
    for (const mark of this.querySelectorAll("mark")) {
      mark.classList.toggle("selected", Boolean(id) && (/** @type {HTMLElement} */ (mark).dataset.marks ?? "").split(" ").includes(id ?? ""));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!free(event) || event.altKey) return;
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      walk(this.marks, event.key === "n" ? 1 : -1);
    }
    const own = this.marks.find((mark) => mark.contains(document.activeElement));
    const doing = { a: "accept", x: "reject", e: "adjust" }[event.key];
    const button = doing && own ? /** @type {HTMLElement | null} */ (own.querySelector(`[data-do=${doing}]`)) : null;
    if (button) {
      event.preventDefault();
      button.click();
    }
    if (event.key === "m") {
      event.preventDefault();
      const at = selected();
      this.#take(at?.range.collapsed ? null : at);
    }
  }

  /** Takes the selected words into the form that is open: of the mark that is adjusted, or of a new one. @param {{ range: Range, paragraph: HTMLElement } | null | undefined} at */
  #take(at) {
    const form = /** @type {HTMLFormElement | null} */ (this.querySelector("form.mark-form"));
    if (!form) return;
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const row = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("row"));
    const words = at ? plain(at.range).trim() : "";
    const elsewhere = !row && at && !form.closest("section.paragraph")?.contains(at.paragraph);
    status.textContent = elsewhere ? (this.dataset.elsewhere ?? "") : words ? "" : (this.dataset.nothing ?? "");
    if (!at || !words || elsewhere) {
      status.scrollIntoView({ block: "nearest" });
      return;
    }
    if (row && row.value !== at.paragraph.dataset.row) {
      for (const field of form.querySelectorAll("textarea, input[type=number]")) /** @type {HTMLInputElement} */ (field).value = "";
      row.value = at.paragraph.dataset.row ?? "";
    }
    const text = /** @type {HTMLTextAreaElement | null} */ (form.querySelector(`textarea[lang="${CSS.escape(at.paragraph.dataset.lang ?? "")}"]`));
    if (!text) return;
    text.value = words;
    const whole = plain(this.#all(at.paragraph));
    const before = textBefore(at.paragraph, at.range.startContainer, at.range.startOffset);
    const place = /** @type {HTMLInputElement} */ (form.elements.namedItem(text.name.replace(".exact", ".place")));
    place.value = whole.split(words).length > 2 ? String(before.split(words).length) : "";
    text.scrollIntoView({ block: "center" });
    text.focus();
  }

  /** @param {Element} paragraph */
  #all(paragraph) {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    return range;
  }
}
customElements.define("import-marks", ImportMarks);

class ImportMatch extends HTMLElement {
  connectedCallback() {
    arrive();
    this.addEventListener("change", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (target.type === "checkbox" && target.checked) this.#choose("follows", "earlier");
      if (target.name === "initiatives" && target.value && !this.querySelector("input[name=choice]:checked")) this.#choose("choice", "continue");
      const made = /** @type {HTMLDetailsElement | null} */ (this.querySelector("#field-initiative"));
      if (target.name === "choice" && made) made.open = target.value === "new";
    });
  }

  /** @param {string} name @param {string} value */
  #choose(name, value) {
    const radio = /** @type {HTMLInputElement | null} */ (this.querySelector(`input[name=${name}][value=${value}]`));
    if (radio) radio.checked = true;
  }
}
customElements.define("import-match", ImportMatch);

/** Shows the fields of a new meeting once it is chosen; without a script they stand under a heading that opens. */
class ImportFacts extends HTMLElement {
  connectedCallback() {
    const chosen = /** @type {HTMLSelectElement | null} */ (this.querySelector("select[name=meeting]"));
    const made = this.querySelector("details");
    chosen?.addEventListener("change", () => {
      if (made) made.open = chosen.value === "+";
    });
  }
}
customElements.define("import-facts", ImportFacts);

const ASK_AFTER = 700; // ms between two questions how far it is

class ImportProgress extends HTMLElement {
  connectedCallback() {
    this.words = (this.dataset.words ?? "").split("|");
    this.timer = setTimeout(() => this.#ask(), ASK_AFTER);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async #ask() {
    try {
      const answer = await fetch(this.dataset.state ?? "", { headers: { Accept: "application/json" } });
      const state = answer.ok ? await answer.json() : { stage: "ended" };
      if (state.stage === "ended") return location.reload();
      const bar = this.querySelector("progress");
      if (bar && state.total > 1) [bar.max, bar.value] = [state.total, state.done];
      const place = this.querySelector("[data-place=words]");
      const said = this.words[["read", "align", "suggest", "ended"].indexOf(state.stage)];
      if (place && said && place.textContent !== said) place.textContent = said;
    } catch {
      // no connection: the link to look again stays
    }
    this.timer = setTimeout(() => this.#ask(), ASK_AFTER);
  }
}
customElements.define("import-progress", ImportProgress);
