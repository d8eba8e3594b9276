// Arrow keys move between the cells of the table inside, Home and End to the ends of a row. Tab still reaches every
// link; without a script nothing is lost.

class GridKeys extends HTMLElement {
  connectedCallback() {
    if (this.dataset.open === "end") this.scrollLeft = this.scrollWidth; // the latest meetings first
    this.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const from = /** @type {HTMLElement} */ (event.target).closest("td, th");
      const to = from ? this.#beside(from, event.key) : event.key === "ArrowDown" ? this.querySelector("tbody td") : null;
      const link = to?.querySelector("a");
      if (!link) return;
      event.preventDefault();
      // The focus alone would leave a cell where it is as long as a part of it shows.
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }

  /**
   * The nearest cell with a link in the direction of a key. Up and down stay in their column, so they pass the headings
   * of topics unless they are in the first one.
   * @param {Element} cell
   * @param {string} key
   * @returns {Element | null}
   */
  #beside(cell, key) {
    const linked = (/** @type {Element | undefined} */ one) => Boolean(one?.querySelector("a"));
    const rows = [...this.querySelectorAll("tr")];
    let y = rows.findIndex((row) => row.contains(cell));
    let x = [...rows[y].children].indexOf(cell);
    if (key === "Home") return [...rows[y].children].find(linked) ?? null;
    if (key === "End") return [...rows[y].children].findLast(linked) ?? null;
    const dx = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
    const dy = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    if (dx === 0 && dy === 0) return null;
    for (;;) {
      x += dx;
      y += dy;
      if (!rows[y] || dx !== 0 && !rows[y].children[x]) return null;
      if (linked(rows[y].children[x])) return rows[y].children[x];
    }
  }
}
customElements.define("grid-keys", GridKeys);
