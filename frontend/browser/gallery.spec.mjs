// Every component and sample page of the gallery: axe finds nothing, and nothing needs a scroll sideways. The gallery is a
// server of its own, without a record.
import { test as base, expect, bringAxe, violations } from './base.mjs';
import { start } from './program.mjs';

const test = base.extend({
  gallery: [
    async ({}, use) => {
      const { url, stop } = await start('gallery');
      await use(url);
      await stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ gallery }, use) => use(gallery),
  // A sample can hold what its script asks the record about, and there is no record.
  provoked: ['404 (Not Found)', 'EventSource'],
});

const langs = ['en', 'ja'];

// The signs ↓⋯ of a cell are spoken as words in its name; axe misses them there in some cells.
const known = /^label-content-name-mismatch at .*\.cell:/;

/** The addresses that the index of a language leads to. */
async function addresses(request, lang) {
  const index = await (await request.get(`/${lang}/`)).text();
  const all = [...index.matchAll(new RegExp(`href="(/${lang}/(?:components|pages)/[^"]+)"`, 'g'))].map((m) => m[1]);
  return { groups: all.filter((a) => a.includes('/components/')), pages: all.filter((a) => a.includes('/pages/')) };
}

/** Opens an address and collects what is wrong with it in a theme, at a width of 1280 px for axe and of 320 px for the fit. */
async function look(page, address, themes, without) {
  const found = [];
  const answer = await page.goto(address);
  if (answer.status() !== 200) return [`${address}: status ${answer.status()}`];
  await page.evaluate(() => {
    stop(); // a page that shows progress loads itself again
    // A matrix opens at its newest meeting: what its first column covers then is one scroll away.
    for (const e of document.querySelectorAll('.matrix-scroll')) e.scrollLeft = 0;
  });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page, { without })).filter((v) => !known.test(v)).map((v) => `${address}, ${colorScheme}: ${v}`));
  }
  await page.setViewportSize({ width: 320, height: 800 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) found.push(`${address}: ${over} px wider than a window of 320 px`);
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

for (const lang of langs) {
  test(`the components of the gallery in ${lang} give axe nothing to find in either theme and fit 320 px`, async ({ page, request }) => {
    test.slow();
    await bringAxe(page);
    const { groups } = await addresses(request, lang);
    expect(groups.length).toBeGreaterThan(10);
    const found = [];
    for (const address of [`/${lang}/`, ...groups]) found.push(...(await look(page, address, ['light', 'dark'])));
    expect(found).toEqual([]);
  });

  // The walk sees the same pages with a record and their frame in both themes and languages; here axe sees the content of each
  // state in one of them, and every state must fit in both languages.
  for (const part of [0, 1, 2, 3]) {
    test(`the sample pages of the gallery in ${lang} give axe nothing to find and fit 320 px, quarter ${part + 1}`, async ({ page, request }) => {
      test.setTimeout(180_000);
      await bringAxe(page);
      const { pages } = await addresses(request, lang);
      expect(pages.length).toBeGreaterThan(100);
      const found = [];
      for (const [i, address] of pages.entries()) {
        if (i % 4 === part) found.push(...(await look(page, address, (i >> 2) % 2 === langs.indexOf(lang) ? [['light', 'dark'][(i >> 3) % 2]] : [], 'body > :not(main)')));
      }
      expect(found).toEqual([]);
    });
  }
}
