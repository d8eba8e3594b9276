// Page tools that need a script. What they do can be done without it: a custom element stands around a link.

/** Copies the address of the link inside it and says so for a moment; without a script the link leads to itself. */
class CopyLink extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    if (!link || !navigator.clipboard) return;
    const words = link.textContent ?? "";
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      link.textContent = this.dataset.done ?? words;
      link.setAttribute("role", "status");
      setTimeout(() => { link.textContent = words; link.removeAttribute("role"); }, 2000);
    });
  }
}
customElements.define("copy-link", CopyLink);

/** Opens the print dialogue. Without a script there is nothing to open it with, so the tool stays hidden. */
class PrintPage extends HTMLElement {
  connectedCallback() {
    this.closest("[hidden]")?.removeAttribute("hidden");
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}
customElements.define("print-page", PrintPage);
