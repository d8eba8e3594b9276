// A briefing: composed by keyboard, frozen, and printed on both papers in each language.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringAxe, expect, violations } from './base.mjs';
import { test, signIn } from './desk.mjs';

const everything = ['summary', 'changes', 'topics', 'wording', 'statement', 'evidence'].map((p) => `include=${p}`).join('&');

/** Goes on with Tab until an element has the focus, as somebody without a mouse does. */
async function tabTo(page, locator, most = 120) {
  for (let n = 0; n < most; n++) {
    if (await locator.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('not reached by Tab');
}

/** Composes a briefing by keys alone and returns the address it was given. */
async function composeByKeys(page) {
  await page.goto('/en/briefings/new');
  await tabTo(page, page.locator('#field-title'));
  await page.keyboard.type('Talking points');
  await tabTo(page, page.locator('.composer [name=by_country][value=JP]'));
  await page.keyboard.press('Space');
  await tabTo(page, page.locator('.composer [name=lang][value=en]'));
  await page.keyboard.press('ArrowDown'); // Japanese
  await tabTo(page, page.locator('.composer [name=paper][value=a4]'));
  await page.keyboard.press('ArrowDown'); // Letter
  await tabTo(page, page.locator('.composer button'));
  await Promise.all([page.waitForURL(/title=Talking/), page.keyboard.press('Enter')]);
  const asked = new URL(page.url()).searchParams;
  expect([asked.get('title'), asked.get('by_country'), asked.get('lang'), asked.get('paper')]).toEqual(['Talking points', 'JP', 'ja', 'letter']);
  await expect(page.locator('article.briefing')).toHaveClass(/paper-letter/);
  await expect(page.locator('article.briefing')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('article.briefing h2').first()).toHaveText('Talking points');
  await expect(page.locator('.b-section-countries')).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });
    test('a briefing is composed by keyboard and frozen', { tag: '@point-35' }, async ({ page, request }) => {
      if (javaScriptEnabled) await bringAxe(page);
      await signIn(page, 'rao@example.org');
      await composeByKeys(page);
      await tabTo(page, page.locator('.freeze button'));
      await Promise.all([page.waitForURL(/\/en\/briefings\/\d+$/), page.keyboard.press('Enter')]);
      await expect(page.locator('h1')).toHaveText('Talking points');
      if (javaScriptEnabled) expect(await violations(page), 'a frozen briefing').toEqual([]);
      const shown = (await page.locator('.seal dd').first().textContent()).trim();
      const file = await request.get(`${new URL(page.url()).pathname.replace('/en', '')}.html`);
      expect(file.headers()['content-disposition']).toContain('attachment');
      expect(createHash('sha256').update(await file.body()).digest('hex'), 'the bytes at .html have the hash on the page').toBe(shown);

      const number = new URL(page.url()).pathname.split('/').pop();
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.seal a[href="/briefings/${number}.html"]`)]);
      const saved = readFileSync(await download.path());
      expect(createHash('sha256').update(saved).digest('hex'), 'what a browser saves is the same').toBe(shown);
    });
  });
}

/** Every page of a PDF as text, and its size. */
function read(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-pdf-'));
  const file = join(folder, 'a.pdf');
  writeFileSync(file, pdf);
  const pages = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  const size = execFileSync('pdfinfo', [file], { encoding: 'utf8' }).match(/Page size: +(\S+) x (\S+)/).slice(1).map((n) => Math.round(Number(n)));
  rmSync(folder, { recursive: true });
  return { pages, size };
}

/** The references of initiatives that stand on a page; one stands at the foot of its row. */
const plain = (text) => text.replace(/\s+/g, '');

for (const [paper, size] of [['a4', [595, 842]], ['letter', [612, 792]]]) {
  for (const lang of ['en', 'ja', 'both']) {
    test(`prints on ${paper} in ${lang}: no split row, headers repeated, nothing of the site`, { tag: '@point-35' }, async ({ page }) => {
      test.setTimeout(120_000);
      const address = `/en/briefings/new?lang=${lang}&paper=${paper}&by_country=JP&by_country=AU&${everything}`;
      await page.goto(address);
      const print = () => page.pdf({ preferCSSPageSize: true });
      const { pages, size: got } = read(await print());
      expect(got).toEqual(size);
      expect(read(await print()).pages.length, 'the number of pages over two runs').toBe(pages.length);
      expect(pages.length).toBeGreaterThan(4);

      const site = ['Skip to content', 'Show preview', 'Freeze as briefing', 'Accessibility', 'Keyboard shortcuts', 'New briefing', 'Copy link', 'Sign in'];
      for (const words of site) expect(pages.join('\n'), 'nothing of the site').not.toContain(words);
      // Its spaces get lost where the text of a page is set in a coarse grid.
      pages.forEach((text, n) => expect(text, `the number of page ${n + 1}`).toMatch(new RegExp(`\\s${n + 1} ?/ ?${pages.length}\\s*$`)));
      const running = await page.locator('html').getAttribute('data-run');
      for (const text of pages.slice(1)) expect(plain(text), 'the running head').toContain(plain(running));

      // Rows are told apart by a number that each gets at its beginning and at its end: both must stand on one page.
      await page.evaluate(() => {
        const mark = (element, how, text) => {
          const span = document.createElement('span');
          span.textContent = text;
          span.style.whiteSpace = 'nowrap';
          element[how](span);
        };
        document.querySelectorAll('.b-table tbody tr, .b-sources li, .b-section-wording .b-quote').forEach((row, n) => {
          const first = row.querySelector('th, td, .b-number, .b-code');
          const last = [...row.querySelectorAll('th, td, .b-source, .b-meta')].sort((a, b) => b.getBoundingClientRect().height - a.getBoundingClientRect().height)[0];
          mark(first, 'prepend', `<a${n}a>`);
          mark(last, 'append', `<z${n}z>`);
        });
        document.querySelectorAll('.b-table').forEach((t, n) => {
          t.querySelectorAll('thead th').forEach((h) => mark(h, 'prepend', `{${n}}`));
          t.querySelectorAll('tbody tr').forEach((r) => mark(r.lastElementChild, 'append', `(t${n})`));
        });
      });
      const marked = read(await print()).pages.map(plain);
      const rows = await page.locator('.b-table tbody tr, .b-sources li, .b-section-wording .b-quote').count();
      let split = 0;
      for (let n = 0; n < rows; n++) {
        const begins = marked.findIndex((text) => text.includes(`<a${n}a>`));
        if (begins < 0 || begins !== marked.findIndex((text) => text.includes(`<z${n}z>`))) split++;
      }
      expect(split, `split rows of ${rows}`).toBe(0);
      const tables = await page.locator('.b-table').count();
      let continued = 0;
      for (let n = 0; n < tables; n++) {
        const on = marked.filter((text) => text.includes(`(t${n})`));
        continued += Math.max(0, on.length - 1);
        for (const text of on) expect(text, `the header of table ${n} on each of its pages`).toContain(`{${n}}`);
      }
      expect(continued, 'tables that go on over a page').toBeGreaterThan(1);
    });
  }
}

test('the single file prints as the page does', { tag: '@point-35' }, async ({ page, request }) => {
  const query = 'lang=both&paper=letter&by_country=JP';
  await page.goto(`/en/briefings/new?${query}`);
  const own = read(await page.pdf({ preferCSSPageSize: true }));
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-file-'));
  const file = join(folder, 'briefing.html');
  writeFileSync(file, await (await request.get(`/briefings/new.html?${query}`)).body());
  await page.goto(pathToFileURL(file).href);
  const taken = read(await page.pdf({ preferCSSPageSize: true }));
  rmSync(folder, { recursive: true });
  expect(taken.size).toEqual([612, 792]);
  expect(taken.pages.length).toBe(own.pages.length);
  const words = (pages) => [...plain(pages.join(''))].sort().join('');
  expect(words(taken.pages), 'the same words').toBe(words(own.pages));
});
