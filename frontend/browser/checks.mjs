// What can be asked of any page as it stands: each check answers with a list of what is wrong, empty when nothing is.
import { readFileSync } from 'node:fs';

const words = Object.fromEntries(
  ['en', 'ja'].map((lang) => [lang, JSON.parse(readFileSync(new URL(`../locale/${lang}.json`, import.meta.url), 'utf8'))]),
);

/** What the page scripts share. An init script, because the content policy of the pages would refuse an added one. */
export const bringChecks = (page) =>
  page.addInitScript(() => {
    const at = (e) => `${e.outerHTML.slice(0, 110)}${e.textContent ? ` “${e.textContent.trim().slice(0, 30)}”` : ''}`;
    const clipped = new Map(); // what is clipped to nothing is for screen readers
    const cut = (e) => {
      if (!e) return false;
      if (!clipped.has(e)) clipped.set(e, getComputedStyle(e).clipPath.startsWith('inset(50%') || cut(e.parentElement));
      return clipped.get(e);
    };
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !cut(e);
    const texts = function* (root) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentElement.closest('script, style, noscript')) yield walk.currentNode;
    };
    const focusable = () =>
      [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const contrast = (a, b) => {
      const [x, y] = [luminance(rgb(a).slice(0, 3)), luminance(rgb(b).slice(0, 3))].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05);
    };
    const ground = (e) => {
      for (; e; e = e.parentElement) {
        const colour = getComputedStyle(e).backgroundColor;
        if ((rgb(colour)[3] ?? 1) > 0.5) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    window.checks = { at, shown, forget: () => clipped.clear(), texts, focusable, contrast, ground };
  });

/** Point 2: what a screen reader leans on. A part that other sites frame has their header and ways, and none of its own. */
export const landmarks = (page, { part = false } = {}) =>
  page.evaluate((part) => {
    const wrong = [];
    const count = (selector, n) => {
      const found = document.querySelectorAll(selector).length;
      if (found !== n) wrong.push(`${found} of ${selector}, want ${n}`);
    };
    for (const one of part ? ['h1', 'main'] : ['h1', 'main', 'body > header', 'body > footer']) count(one, 1);
    if (!document.title.endsWith('Followthrough')) wrong.push(`the title is ${document.title}`);
    if (!document.querySelector('main h1')) wrong.push('the heading is not in main');
    const names = [...document.querySelectorAll('nav')].map((n) => n.getAttribute('aria-label') ?? document.getElementById(n.getAttribute('aria-labelledby'))?.textContent);
    if ((names.length === 0 && !part) || names.some((n) => !n?.trim()) || new Set(names).size < names.length) wrong.push(`the names of the navigations are ${JSON.stringify(names)}`);
    return wrong;
  }, part);

/** Points 4 and 5: every stop of the Tab key, in the order of the page, with a ring that is seen. */
export async function tabbing(page) {
  const stops = await page.evaluate(() => {
    const { at, focusable, contrast, ground } = window.checks;
    const radios = new Set();
    // Of the radio buttons of one name, Tab stops at one.
    const order = focusable().filter((e) => {
      if (e.tabIndex < 0) return false;
      if (e.type !== 'radio') return true;
      const group = `${e.form?.id}${[...document.forms].indexOf(e.form)} ${e.name}`;
      const chosen = [...document.querySelectorAll('input[type=radio]')].some((r) => r.form === e.form && r.name === e.name && r.checked);
      if (chosen ? !e.checked : radios.has(group)) return false;
      radios.add(group);
      return true;
    });
    const state = { order, visited: [], ring: [], at };
    window.tabbing = state;
    document.activeElement?.blur?.();
    document.addEventListener('focusin', ({ target }) => {
      state.visited.push(target);
      const look = getComputedStyle(target);
      const halo = look.boxShadow.match(/rgba?\([^)]*\)/)?.[0];
      const width = parseFloat(look.outlineWidth);
      const behind = ground(target.parentElement);
      const seen = Math.max(contrast(look.outlineColor, behind), halo ? contrast(halo, behind) : 0);
      if (look.outlineStyle === 'none' || width < 2 || seen < 3) state.ring.push(`${look.outlineStyle} ${width} px, ${seen.toFixed(1)}:1 at ${at(target)}`);
    });
    return order.length;
  });
  await Promise.all(Array.from({ length: stops }, () => page.keyboard.press('Tab'))); // the browser takes them one after the other
  return page.evaluate(() => {
    const { order, visited, ring, at } = window.tabbing;
    const covered = [];
    for (const target of new Set(visited)) {
      target.focus(); // brings it into view, as Tab does
      const rects = [...target.getClientRects()].filter((r) => r.width > 1 && r.height > 1);
      if (document.activeElement !== target) continue;
      if (rects.length === 0) {
        covered.push(`no box: ${at(target)}`);
        continue;
      }
      const over = new Set();
      const free = rects.some((r) => {
        // Where a tall field reaches beyond the window, its first lines are what one writes in.
        return [r.height / 2, Math.min(10, r.height / 2), r.height - Math.min(10, r.height / 2)].some((down) => {
          const top = document.elementFromPoint(r.left + r.width / 2, r.top + down);
          if (top && (target.contains(top) || top.contains(target) || top.closest('label')?.control === target)) return true;
          over.add(top ? at(top) : 'nothing');
          return false;
        });
      });
      if (!free) covered.push(`${at(target)} is under ${[...over].join(', ')}`);
    }
    const inside = order.filter((e) => e.isConnected);
    const off = inside.findIndex((e, i) => visited[i] !== e);
    return {
      stops: inside.length,
      order: off < 0 ? [] : [`stop ${off + 1} of ${inside.length} is ${visited[off] ? at(visited[off]) : 'missing'}, want ${at(inside[off])}`],
      reordered: [...document.querySelectorAll('body *')]
        .filter((e) => e.tabIndex > 0 || (e.checkVisibility() && /reverse/.test(getComputedStyle(e).flexDirection + getComputedStyle(e).flexWrap)))
        .map(at),
      ring: ring.slice(0, 5),
      covered: covered.slice(0, 5),
    };
  });
}

/** Point 6: every status has its glyph and its word in the language of the page. */
export const statuses = (page, lang) =>
  page.evaluate((words) => {
    const { at } = window.checks;
    return [...document.querySelectorAll('[data-status]')].flatMap((e) => {
      const word = words[`status.${e.dataset.status}`];
      const name = e.getAttribute('aria-label') ?? e.textContent;
      const only = e.closest('.glyphs') ? [] : [...e.querySelectorAll('.hidden')].filter((h) => h.textContent.includes(word));
      return [
        !word && `${e.dataset.status} has no word`,
        !name.includes(word) && `no word in ${at(e)}`,
        !e.querySelector('svg') && `no glyph in ${at(e)}`,
        only.length && `the word is hidden in ${at(e)}`,
      ].filter(Boolean);
    });
  }, words[lang]);

/** Point 16: runs of the other language that no lang says, and the pair of links between the languages. */
export const languages = (page, lang) =>
  page.evaluate((lang) => {
    const { at, texts } = window.checks;
    const wrong = [];
    if (document.documentElement.lang !== lang) wrong.push(`the page says ${document.documentElement.lang}`);
    for (const of of ['en', 'ja']) {
      const link = document.querySelector(`link[rel=alternate][hreflang=${of}]`)?.href;
      const here = new URL(location.href);
      here.hash = '';
      if (!link || decodeURI(new URL(link).pathname) !== decodeURI(here.pathname.replace(/^\/(en|ja)/, `/${of}`))) wrong.push(`the link to ${of} is ${link}`);
    }
    // Names in Latin script need no language inside Japanese: of their words nearly all have a capital.
    const small = /^(a|an|and|at|by|de|for|from|in|of|on|the|to|via|with)$/;
    const isName = (run) => lang === 'ja' && run.split(/[ ,]+/).filter((w) => /^[a-z]/.test(w) && !small.test(w)).length < 2;
    const foreign = lang === 'en' ? /[\u3040-\u30ff\u3400-\u9fff]/ : /[A-Za-z][A-Za-z'’-]*(?:[ ,]+[A-Za-z][A-Za-z'’-]*){2,}/;
    // A choice of a list can have one language and no runs: what it says in two scripts is left to the voice.
    const mixed = (e) => e.matches('option') && /[A-Za-z]{3}/.test(e.textContent) && /[\u3040-\u30ff\u3400-\u9fff]/.test(e.textContent);
    // Codes are no language, and a citation is one string to be copied, with a title in the language of the title.
    for (const text of texts(document.body)) {
      const found = text.data.match(foreign);
      const of = text.parentElement.closest('[lang]').lang;
      if (found && of === lang && !isName(found[0]) && !mixed(text.parentElement) && !text.parentElement.closest('code, kbd, samp, pre, .code, .cite')) wrong.push(`“${text.data.trim().slice(0, 60)}” in ${at(text.parentElement)}`);
    }
    return [...new Set(wrong)].slice(0, 8);
  }, lang);

/** Point 19: nothing under 14 px, and Japanese body text with room between its lines. */
export const type = (page) =>
  page.evaluate(() => {
    const { at, shown, texts } = window.checks;
    const wrong = [];
    for (const text of texts(document.body)) {
      const e = text.parentElement;
      if (!shown(e)) continue;
      const look = getComputedStyle(e);
      const size = parseFloat(look.fontSize);
      if (size < 13.99) wrong.push(`${size} px: ${at(e)}`);
      const block = e.closest('p, dd, blockquote');
      if (block && block.closest('[lang]').lang === 'ja' && /[\u3040-\u30ff\u3400-\u9fff]/.test(text.data) && size >= 15.99 && !block.matches('.lead, h1, h2, h3')) {
        const lines = parseFloat(getComputedStyle(block).lineHeight) / parseFloat(getComputedStyle(block).fontSize);
        if (lines < 1.699) wrong.push(`line height ${lines.toFixed(2)}: ${at(block)}`);
      }
    }
    return [...new Set(wrong)].slice(0, 5);
  });

/** Point 20: what makes the page wider than the window. */
export const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });

/** Point 21: text that is cut off or lies over other text. */
export const collisions = (page) =>
  page.evaluate(() => {
    const { at, shown, texts, forget } = window.checks;
    forget(); // the size of the text moves the breakpoints
    const wrong = [];
    for (const e of document.querySelectorAll('body *')) {
      const look = getComputedStyle(e);
      if (look.overflowX === 'visible' && look.overflowY === 'visible') continue;
      if (!/hidden|clip/.test(look.overflowX + look.overflowY) || !shown(e) || /^(svg|symbol|use|select|input|textarea)$/i.test(e.tagName)) continue;
      if ((/hidden|clip/.test(look.overflowX) && e.scrollWidth > e.clientWidth + 1) || (/hidden|clip/.test(look.overflowY) && e.scrollHeight > e.clientHeight + 1)) wrong.push(`cut off: ${at(e)}`);
    }
    const moving = new Map(); // whether an element scrolls over others by design
    const floats = (e) => {
      if (!e) return false;
      if (!moving.has(e)) moving.set(e, /sticky|fixed/.test(getComputedStyle(e).position) || floats(e.parentElement));
      return moving.get(e);
    };
    const scroller = (e) => {
      for (; e && e !== document.body; e = e.parentElement) if (/auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)) return e;
      return null;
    };
    const boxes = [];
    for (const text of texts(document.body)) {
      const e = text.parentElement;
      if (!shown(e) || floats(e) || e.closest('svg, select, textarea')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      // The middle half of a line: the boxes of tall fonts touch where their letters do not.
      const region = scroller(e)?.getBoundingClientRect();
      for (const r of range.getClientRects()) {
        if (r.width <= 2 || (region && (r.bottom > region.bottom || r.top < region.top || r.right > region.right || r.left < region.left))) continue;
        boxes.push({ e, left: r.left + 1, right: r.right - 1, top: r.top + r.height / 4, bottom: r.bottom - r.height / 4 });
      }
    }
    boxes.sort((a, b) => a.top - b.top);
    for (let i = 0; i < boxes.length && wrong.length < 5; i++) {
      for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom; j++) {
        if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right && boxes[i].e !== boxes[j].e) wrong.push(`over each other: ${at(boxes[i].e)} and ${at(boxes[j].e)}`);
      }
    }
    return wrong.slice(0, 5);
  });

/** A style sheet of the reader's own; the content policy refuses styles in the page, and lets scripts of the browser set them. */
export const readerStyle = (page, css) =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  }, css);
export const spacing = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }';

/** Text of double size, as the setting of a browser makes it: what is said in rem grows, and what is said in px does not. */
export async function textSize(page, times) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 16 * times, fixed: 13 * times } });
  await devtools.detach();
}

/** Point 22: primary controls under 44 px; axe looks after the 24 px of the others. */
export const primary = (page) =>
  page.evaluate(() => {
    const { at, shown, forget } = window.checks;
    forget();
    return [...document.querySelectorAll('.primary, .entry input:not([type=hidden], [type=checkbox], [type=radio]), .entry select, .entry textarea')]
      .filter((e) => shown(e) && e.getBoundingClientRect().height < 43.99)
      .map((e) => `${e.getBoundingClientRect().height} px: ${at(e)}`)
      .slice(0, 5);
  });

/** The statuses that are seen, each as its code and how often. */
export const seenStatuses = (page) =>
  page.evaluate(() => {
    const all = {};
    for (const e of document.querySelectorAll('main [data-status]')) {
      if (!e.checkVisibility({ visibilityProperty: true })) continue;
      const box = e.getBoundingClientRect();
      if (box.width > 8 && box.height > 8) all[e.dataset.status] = (all[e.dataset.status] ?? 0) + 1;
    }
    return all;
  });

/** Point 40: what moves although the reader asked for less of it. */
export const motion = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((e) => {
        const look = getComputedStyle(e);
        return look.animationName !== 'none' || look.transitionDuration.split(',').some((d) => parseFloat(d) > 0) || look.scrollBehavior === 'smooth';
      })
      .map(window.checks.at)
      .slice(0, 5),
  );
