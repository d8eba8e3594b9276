// Keys of every page. Each follows or presses what the page has anyway and Tab reaches as well. Named by data-press are
// "/" the search field, "?" the list of keys, "g" and a letter a part of the site, "u" the button that takes back what was
// just done, "e" the way to add evidence; J and K walk the rows of lists. Keys of one letter rest while somebody types,
// and where they are switched off; Ctrl+Enter and Escape act in fields as well.

const SOON = 1500; // ms between g and its letter
let began = -SOON; // when g was pressed, in the time of events

/** Whether an input method is at work: some browsers say so by the code 229 alone. @param {KeyboardEvent} event */
const composing = (event) => event.isComposing || event.keyCode === 229;

// No script of ours hears of a key that composes a word, nor of one pressed in a dialog, which is not for the page behind it.
window.addEventListener("keydown", (event) => {
  if (composing(event) || document.querySelector("dialog[open]")) event.stopImmediatePropagation();
}, true);

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) return send(event);
  if (event.key === "Escape") return close(event);
  const typing = target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  if (document.documentElement.dataset.keys === "off" || typing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.repeat && event.key !== "j" && event.key !== "k") return; // a key that is held acts once
  const key = (event.timeStamp - began < SOON ? "g " : "") + event.key;
  began = key === "g" ? event.timeStamp : -SOON;
  if (key === "j" || key === "k") return walk(event, key === "j" ? 1 : -1);
  const pressed = /** @type {HTMLElement | null} */ (document.querySelector(`[data-press="${CSS.escape(key)}"]`));
  if (!pressed) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // the letter after g is no key of the form on the page
  if (pressed.matches("input")) pressed.focus();
  else if (key === "?") list(/** @type {HTMLAnchorElement} */ (pressed));
  else pressed.click();
});

/** Moves the focus to the main link of the next or the previous row, or of the first that can be seen. @param {KeyboardEvent} event @param {number} by */
function walk(event, by) {
  if (document.querySelector("round-keys, import-align, import-marks")) return; // they walk rows of their own
  const rows = [...document.querySelectorAll("main [data-ref], main .matrix-list > ul > li, main .round-items > li")].filter((row) => row.checkVisibility() && row.querySelector("a"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const seen = rows.findIndex((row) => row.getBoundingClientRect().bottom > 0);
  const row = rows[here < 0 ? Math.max(seen, 0) : Math.min(Math.max(here + by, 0), rows.length - 1)];
  const link = /** @type {HTMLElement | null | undefined} */ (row?.querySelector("a.title, th a") ?? row?.querySelector("a"));
  if (!link) return;
  event.preventDefault();
  link.focus();
  link.scrollIntoView({ block: "nearest" });
}

let sent = new WeakSet(); // forms on their way, which a second press must not send again
window.addEventListener("pageshow", () => (sent = new WeakSet()));

/** Presses the main button of the form, or of the form of the page: the one that is marked, or the only one. @param {KeyboardEvent} event */
function send(event) {
  const marked = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-key='ctrl+enter']"));
  const form = /** @type {HTMLInputElement} */ (event.target).form ?? /** @type {Element} */ (event.target).closest("form") ?? marked?.form;
  const buttons = /** @type {HTMLButtonElement[]} */ ([...(form?.elements ?? [])].filter((e) => e.matches("button[type=submit]")));
  const main = buttons.find((b) => b === marked) ?? buttons.find((b) => b.matches(".primary")) ?? (buttons.length === 1 ? buttons[0] : null);
  if (!form || !main && buttons.length > 0) return;
  event.preventDefault();
  if (event.repeat || sent.has(form)) return;
  form.addEventListener("submit", (e) => queueMicrotask(() => e.defaultPrevented || sent.add(form)), { once: true });
  form.requestSubmit(main);
}

/** Closes what is open around the focus, else the last panel that is; what was typed in it stays. @param {KeyboardEvent} event */
function close(event) {
  const shut = (/** @type {HTMLDetailsElement} */ d) => d.querySelector("summary")?.checkVisibility();
  let around = /** @type {HTMLDetailsElement | null | undefined} */ (/** @type {Element} */ (event.target).closest("details[open]"));
  while (around && !shut(around)) around = around.parentElement?.closest("details[open]"); // on wide screens some stand open without a word to close them by
  const panels = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details:is(.cite, .other-day, .time, .menu, .filters)[open]")]);
  const open = around ?? panels.findLast(shut);
  if (!open) return;
  event.preventDefault(); // Escape would empty a search field
  open.open = false;
  open.querySelector("summary")?.focus();
}

/** Shows the list of keys over the page; where that fails the link leads to it. Escape closes it, and the focus is where it was. @param {HTMLAnchorElement} link */
function list(link) {
  if (link.getAttribute("aria-current")) return; // this is the list
  const ask = new XMLHttpRequest(); // it reads HTML without a string that could become a script
  ask.open("GET", link.href);
  ask.responseType = "document";
  const drop = () => ask.abort(); // whoever goes on meanwhile is not interrupted by a list that comes late
  document.addEventListener("keydown", drop, { once: true });
  ask.onloadend = () => document.removeEventListener("keydown", drop);
  ask.onerror = () => link.click();
  ask.onload = () => {
    const content = ask.response?.querySelector("[data-keys-list]");
    if (ask.status !== 200 || !content) return link.click();
    const dialog = document.createElement("dialog");
    const head = document.createElement("div");
    const heading = document.createElement("h2");
    const done = document.createElement("button");
    dialog.className = "keys-dialog";
    dialog.setAttribute("aria-label", link.textContent ?? "");
    heading.textContent = link.textContent;
    done.type = "button";
    done.textContent = link.dataset.close ?? "";
    done.addEventListener("click", () => dialog.close());
    head.className = "keys-head";
    head.append(heading, done);
    dialog.append(head, document.importNode(content, true));
    const next = /** @type {HTMLInputElement | null} */ (dialog.querySelector("input[name=next]"));
    if (next) next.value = location.pathname.replace(/^\/(en|ja)(?=\/|$)/, "") + location.search;
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  ask.send();
}
