// The form of a round: single keys choose and save, and a half-filled form is kept on the server. Without a script the
// form has a button for each step.

const DRAFT_AFTER = 3000; // ms after the last key

class RoundKeys extends HTMLElement {
  connectedCallback() {
    this.form = /** @type {HTMLFormElement | null} */ (this.querySelector("form"));
    if (!this.form) return;
    if (location.hash === "#item") document.getElementById("item")?.focus();
    document.querySelector(".round-list .here")?.scrollIntoView({ block: "nearest" });
    document.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("input", () => this.#later());
    this.form.addEventListener("submit", () => {
      this.sent = true;
      clearTimeout(this.timer);
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.typed && !this.sent) event.preventDefault();
    });
  }

  /** Takes a key that is not typed into a field. @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || !this.form) return;
    const target = /** @type {Element} */ (event.target);
    const typing = target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    if (document.documentElement.dataset.keys === "off" || typing || event.altKey || event.ctrlKey || event.metaKey) return;
    const status = /** @type {HTMLInputElement | null} */ (this.form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`));
    if (status) {
      event.preventDefault();
      status.checked = true;
      status.focus();
      this.#later();
    } else if (event.key === "r") {
      this.#press("confirm");
    } else if (event.key === "e") {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (this.form.querySelector('input[type="checkbox"]'))?.focus();
    } else if (event.key === "j" && this.dataset.next) {
      this.#leave(this.dataset.next);
    } else if (event.key === "k" && this.dataset.previous) {
      this.#leave(this.dataset.previous);
    }
  }

  /** Presses the button of a decision. @param {string} decision */
  #press(decision) {
    const button = /** @type {HTMLButtonElement | null} */ (this.form?.querySelector(`button[value="${decision}"]`));
    if (button) this.form?.requestSubmit(button);
  }

  /** Goes to another item; what was typed is kept first. @param {string} address */
  async #leave(address) {
    if (this.typed) await this.#keep();
    if (this.typed) return; // it could not be kept: stay
    this.sent = true;
    location.assign(address);
  }

  #later() {
    this.typed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keep(), DRAFT_AFTER);
  }

  /** Keeps what is typed on the server. When that fails the form stays as it is, and leaving it asks first. */
  async #keep() {
    clearTimeout(this.timer);
    if (!this.form || !this.dataset.draft || this.sent) return;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) fields.append(name, String(value));
    const version = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("form.version"));
    try {
      const answer = await fetch(this.dataset.draft, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ form: fields.toString(), version: Number(version.value) }),
      });
      if (!answer.ok) return this.#say(this.dataset.failed);
      version.value = String((await answer.json()).version);
      this.typed = false;
      this.#say(this.dataset.saved);
      document.querySelector("live-record")?.dispatchEvent(new CustomEvent("own-change", { detail: version.value }));
    } catch {
      this.#say(this.dataset.failed); // no connection: the form still holds everything
    }
  }

  /** Says beside the buttons what became of the draft. @param {string | undefined} words */
  #say(words) {
    const place = this.querySelector("[data-place=saved]");
    if (place) place.textContent = words ?? "";
  }
}

customElements.define("round-keys", RoundKeys);
