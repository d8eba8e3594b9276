// Forms that are sent ask before their page is left while something typed in them is not saved. Nothing else is done
// here: without a script the form is the same. The listener stands only while it is needed, so that a page that nobody
// typed on can be kept by the browser.

/** Whether a control holds something else than the page gave it. @param {Element} control */
function changed(control) {
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (control instanceof HTMLSelectElement) {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0) && control.options.length > 0;
  }
  if (!(control instanceof HTMLInputElement) || control.type === "hidden") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return (control.files?.length ?? 0) > 0;
  return control.value !== control.defaultValue;
}

class UnsavedWords extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form || this.form.method !== "post") return;
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.sending = false;
    const look = () => this.#look();
    for (const name of ["input", "change"]) this.form.addEventListener(name, look, { signal });
    this.form.addEventListener("submit", (event) => queueMicrotask(() => (this.sending = !event.defaultPrevented)), { signal });
    window.addEventListener("pageshow", look, { signal }); // come back to, perhaps with what was typed before
    look();
  }

  disconnectedCallback() {
    this.gone?.abort();
    window.removeEventListener("beforeunload", this.ask);
  }

  /** Whether the form holds what is not saved: typed by now, or come back with an error or a choice to make. */
  get unsaved() {
    const all = [...(this.form?.elements ?? [])];
    return all.some(changed) || Boolean(this.form?.querySelector("[aria-invalid=true], .field-wrong, input[name='form.choose']"));
  }

  #look() {
    this.sending = false;
    window.removeEventListener("beforeunload", this.ask);
    if (this.unsaved) window.addEventListener("beforeunload", this.ask);
  }

  /** Looks once more, because a script may have filled a field in or emptied one. @param {BeforeUnloadEvent} event */
  ask = (event) => {
    if (!this.sending && this.unsaved) event.preventDefault();
  };
}
customElements.define("unsaved-words", UnsavedWords);
