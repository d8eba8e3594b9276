// What the pages promise to a reader, checked in a real browser against the running program.
import { test, expect, bringAxe, violations } from './base.mjs';

const paths = [
  '/',
  '/topics',
  '/topics/critical-infrastructure',
  '/initiatives',
  '/initiatives/QSCG-CYBER-CHALLENGE',
  '/initiatives/QSCG-IOT-MUTUAL-RECOGNITION',
  '/initiatives?as_of=2023-06-30',
  '/matrix', // its many meetings make it glyphs
  '/matrix?cells=words',
  '/matrix?by=countries',
  '/meetings',
  '/meetings/qscg-2023-12',
  '/meetings/qls-2021-03', // virtual, the first of its forum
  '/statements',
  '/statements/qscg-2023-12',
  '/compare', // of one statement
  '/commitments',
  '/countries',
  '/countries/JP',
  '/delegates',
  '/delegates/keiichi-ichikawa',
  '/evidence',
  '/evidence/cyberne-jcstar',
  '/activity',
  '/search-notes',
  '/search-notes/note-cyber-challenge-2026-11-23',
  '/search',
  '/search?q=cyber',
  '/search?q=%E3%82%B5%E3%82%A4%E3%83%90%E3%83%BC&kind=statement', // サイバー
  '/search?q=nothing-holds-this',
  '/method',
  '/api',
  '/accessibility',
  '/shortcuts',
];
const langs = ['en', 'ja'];

// axe sees every page in both languages, both themes and at both widths, and every two of these together, in half of
// the eight combinations.
const looks = {
  en: [{ colorScheme: 'light', width: 1280 }, { colorScheme: 'dark', width: 360 }],
  ja: [{ colorScheme: 'dark', width: 1280 }, { colorScheme: 'light', width: 360 }],
};

for (const lang of langs) {
  for (const path of paths) {
    const url = `/${lang}${path}`;
    test(`${url} answers in its language, begins with a way to its content, fits 320 px and gives axe nothing to find`, async ({ page }) => {
      await bringAxe(page);
      await page.emulateMedia({ colorScheme: looks[lang][0].colorScheme });

      await test.step('answers in its language with a title and one main heading', async () => {
        const answer = await page.goto(url);
        expect(answer.status()).toBe(200);
        expect(new URL(page.url()).pathname, 'no redirect').toBe(url.split('?')[0]);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expect(page).toHaveTitle(/Followthrough$/);
        await expect(page.locator('h1')).toHaveCount(1);
        await expect(page.locator('h1')).toBeVisible();
      });

      await test.step('the first stop of the Tab key skips to the content', async () => {
        await page.keyboard.press('Tab');
        const skip = page.locator(':focus');
        await expect(skip).toHaveAttribute('href', /#main$/);
        await expect(skip).toBeInViewport();
        await page.keyboard.press('Enter');
        await expect(page.locator('main#main')).toBeFocused();
      });

      for (const { colorScheme, width } of looks[lang]) {
        await test.step(`has no WCAG 2.2 AA violation that axe finds, ${colorScheme}, ${width} px`, async () => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          expect(await violations(page)).toEqual([]);
        });
      }

      await test.step('does not scroll sideways at 360 and 320 px', async () => {
        for (const width of [360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await overflow(page), `${width} px`).toEqual([]);
        }
      });
    });
  }

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`every page in ${lang} shows its heading, its content and the way on`, async ({ page }) => {
      test.slow(); // it opens every page
      for (const path of paths) {
        const url = `/${lang}${path}`;
        await test.step(url, async () => {
          expect((await page.goto(url)).status(), url).toBe(200);
          await expect(page.locator('h1')).toBeVisible();
          await expect(page.locator('main')).toContainText(/\S/);
          await expect(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
        });
      }
    });
  });
}

// What makes the page wider than the window: the elements that end beyond it and stand in no region of their own.
const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });

// The query without its empty fields, which a form sends and a link may leave out.
const query = (url) => [...url.searchParams].filter(([, value]) => value).sort().join('&');

// A link in the content can have a language too, for example to a source.
async function changeLanguage(page, from, to) {
  const before = new URL(page.url());
  await page.locator(`a[hreflang="${to}"]:not(main a)`).first().click();
  await expect(page.locator('html')).toHaveAttribute('lang', to);
  const after = new URL(page.url());
  expect(after.pathname).toBe(before.pathname.replace(`/${from}/`, `/${to}/`));
  expect(query(after)).toBe(query(before));
  await expect(page.locator('h1')).toHaveCount(1);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    test('a reader finds the initiatives of Japan, opens one and reads on in Japanese', async ({ page }) => {
      await page.goto('/');
      await expect(page).toHaveURL(/\/en\/$/);
      await page.getByRole('navigation').getByRole('link', { name: 'Initiatives', exact: true }).first().click();
      await expect(page).toHaveURL(/\/en\/initiatives$/);

      const japan = page.locator('input[type=checkbox][name=country][value=JP]');
      await japan.check();
      await page.locator('form', { has: japan }).locator('[type=submit]').first().click();
      await expect(page).toHaveURL(/[?&]country=JP(&|$)/);
      const { total } = await (await page.request.get('/initiatives.json?country=JP')).json();
      expect(total).toBeGreaterThan(0);
      const rows = page.locator('main [data-ref]');
      await expect(rows).toHaveCount(total);

      await changeLanguage(page, 'en', 'ja');
      await expect(rows).toHaveCount(total);
      await changeLanguage(page, 'ja', 'en');

      const ref = await rows.first().getAttribute('data-ref');
      await page.locator(`main a[href*="/initiatives/${ref}"]`).first().click();
      await expect(page).toHaveURL(new RegExp(`/en/initiatives/${ref}([?#]|$)`));
      await expect(page.locator('h1')).toHaveCount(1);
      await changeLanguage(page, 'en', 'ja');
    });
  });
}
