// Page tools that need a script. What they do can be done without it: a custom element stands around a link, a key
// leads where Tab does.

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

// "/" moves to the search field of the header, unless somebody is typing, composing or holding a modifier.
document.addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]");
  if (document.documentElement.dataset.keys === "off" || event.key !== "/" || typing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const find = document.getElementById("find");
  if (!find) return;
  event.preventDefault();
  find.focus();
});
