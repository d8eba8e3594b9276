// Tells a page that stands open who else has its record open and that the record has moved on. Nothing reloads by
// itself; without a connection the page stays as it is.

class LiveRecord extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.events) return;
    this.#listen();
    // A browser opens few connections to one host; a page that nobody sees needs none.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.#listen()));
    window.addEventListener("pagehide", () => this.#rest());
    this.addEventListener("own-change", (event) => {
      const address = new URL(this.dataset.events ?? "", location.href); // what this page changed itself is no news to it
      address.searchParams.set("version", /** @type {CustomEvent} */ (event).detail);
      this.dataset.events = address.href;
      this.#rest();
      this.#listen();
    });
  }

  #listen() {
    if (this.source || document.hidden) return;
    this.source = new EventSource(this.dataset.events ?? "");
    this.source.addEventListener("present", (event) => this.#present(JSON.parse(/** @type {MessageEvent} */ (event).data).people));
    this.source.addEventListener("moved", () => this.#moved());
    this.source.addEventListener("error", () => {
      if (this.source?.readyState === EventSource.CLOSED) this.#rest(); // refused: degrade to nothing
    });
  }

  #rest() {
    this.source?.close();
    this.source = undefined;
  }

  /** Names who else has the record open. @param {{name: string, since: string}[]} people */
  #present(people) {
    const place = this.querySelector("[data-place=present]");
    if (!place) return;
    place.textContent = people.length === 0 ? "" : `${this.dataset.present ?? ""} ${people.map((p) => p.name).join(", ")}`;
  }

  /** Says once that the record moved on, with a link that reads it again. */
  #moved() {
    const place = this.querySelector("[data-place=moved]");
    if (!place || place.childElementCount > 0) return;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = this.dataset.reload ?? "";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    place.append(`${this.dataset.moved ?? ""} `, link);
  }
}

customElements.define("live-record", LiveRecord);
