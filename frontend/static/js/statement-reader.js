// The reader of a statement: N and P walk from commitment to commitment, and a mark outlines its partner in the other
// language. Without a script the numbers are links to the same places.

class StatementReader extends HTMLElement {
  connectedCallback() {
    this.at = -1;
    this.items = [...this.querySelectorAll("li[data-commitment]")];
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
      const typing = /** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]");
      if (document.documentElement.dataset.keys === "off" || typing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "n") this.#go(1);
      if (event.key === "p") this.#go(-1);
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
