// Arrow keys move between the cells of the table inside, Home and End to the ends of a row. Tab still reaches every
// link; without a script nothing is lost.

class GridKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const from = /** @type {HTMLElement} */ (event.target).closest("td, th");
      const to = from ? this.#beside(from, event.key) : event.key === "ArrowDown" ? this.querySelector("tbody td") : null;
      const link = to?.querySelector("a");
      if (!link) return;
      event.preventDefault();
      link.focus();
    });
  }

  /**
   * The nearest cell with a link in the direction of a key.
   * @param {Element} cell
   * @param {string} key
   * @returns {Element | null}
   */
  #beside(cell, key) {
    const rows = [...this.querySelectorAll("tr")];
    let y = rows.findIndex((row) => row.contains(cell));
    const at = [...rows[y].children].indexOf(cell);
    let x = at;
    const last = (/** @type {Element} */ row) => row.children.length - 1;
    if (key === "Home") return rows[y].children[0];
    if (key === "End") return rows[y].children[last(rows[y])];
    const dx = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
    const dy = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    if (dx === 0 && dy === 0) return null;
    for (;;) {
      x += dx;
      y += dy;
      if (!rows[y] || x < 0 || x > last(rows[y]) && dx !== 0) return null;
      const next = rows[y].children[Math.min(x, last(rows[y]))];
      if (next.querySelector("a")) return next;
    }
  }
}
customElements.define("grid-keys", GridKeys);
