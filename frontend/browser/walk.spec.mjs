// What the pages promise to a reader, checked in a real browser against the running program.
import { test, expect, bringAxe } from './base.mjs';
import { bringChecks } from './checks.mjs';
import { asked, examine } from './examine.mjs';
import { langs, reading, visiting } from './pages.mjs';

// An invitation needs somebody who invites; the tests of the desk open one.
const paths = [...reading, ...visiting.filter((path) => !path.includes('{'))];

for (const lang of langs) {
  for (const path of paths) {
    const url = `/${lang}${path}`;
    test(`${url} keeps what the acceptance table asks of every page`, { tag: asked }, async ({ page, point }) => {
      test.slow();
      await bringAxe(page);
      await bringChecks(page);
      await examine(page, point, { lang, path });
    });
  }

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`every page in ${lang} shows its heading, its content and the way on`, { tag: '@point-3' }, async ({ page }) => {
      test.slow(); // it opens every page
      for (const path of paths) {
        const url = `/${lang}${path}`;
        await test.step(url, async () => {
          expect((await page.goto(url)).status(), url).toBe(200);
          await expect(page.locator('h1')).toBeVisible();
          await expect(page.locator('main')).toContainText(/\S/);
          const ways = path.endsWith('/embed') ? page.locator('main') : page.getByRole('navigation'); // a part has no more than its own links
          await expect(ways.getByRole('link').first()).toBeVisible();
        });
      }
    });
  });
}

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
    test('a reader finds the initiatives of Japan, opens one and reads on in Japanese', { tag: ['@point-3', '@point-16'] }, async ({ page }) => {
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
