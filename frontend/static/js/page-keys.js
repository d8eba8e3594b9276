// Keys of every page. Each follows or presses what the page has anyway and Tab reaches as well, named by data-press:
// "/" the search field, "?" the list of keys, "g" and a letter a part of the site, "u" the button that takes back what was
// just done.

const SOON = 1500; // ms between g and its letter
let began = -SOON; // when g was pressed, in the time of events

document.addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.target).closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  if (document.documentElement.dataset.keys === "off" || typing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = (event.timeStamp - began < SOON ? "g " : "") + event.key;
  began = key === "g" ? event.timeStamp : -SOON;
  const target = /** @type {HTMLElement | null} */ (document.querySelector(`[data-press="${CSS.escape(key)}"]`));
  if (!target) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // the letter after g is no key of the form on the page
  if (target.matches("input")) target.focus();
  else target.click();
});
