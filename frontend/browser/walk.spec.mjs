// What the pages promise to a reader, checked in a real browser against the running program.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const paths = [
  '/',
  '/topics',
  '/topics/critical-infrastructure',
  '/initiatives',
  '/initiatives/QSCG-CYBER-CHALLENGE',
  '/initiatives/QSCG-IOT-MUTUAL-RECOGNITION',
  '/initiatives?as_of=2023-06-30',
  '/activity',
  '/method',
  '/api',
  '/accessibility',
  '/shortcuts',
];
const pages = ['en', 'ja'].flatMap((lang) => paths.map((path) => ({ lang, url: `/${lang}${path}` })));

// Every test fails when its page calls another origin, writes an error to the console or breaks the content policy.
const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const troubles = [];
    page.on('request', (r) => {
      if (/^(https?|wss?):/.test(r.url()) && new URL(r.url()).host !== new URL(baseURL).host) troubles.push(`request to ${r.url()}`);
    });
    page.on('console', (m) => m.type() === 'error' && troubles.push(`console: ${m.text()}`));
    page.on('pageerror', (e) => troubles.push(`script error: ${e}`));
    await page.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (e) => console.error(`content policy: ${e.violatedDirective} ${e.blockedURI}`)),
    );
    await use(page);
    expect(troubles, 'other origins, console errors and content policy').toEqual([]);
  },
});

for (const { lang, url } of pages) {
  test.describe(url, () => {
    test('answers in its language with a title and one main heading', async ({ page }) => {
      const answer = await page.goto(url, { waitUntil: 'networkidle' });
      expect(answer.status()).toBe(200);
      expect(new URL(page.url()).pathname, 'no redirect').toBe(url.split('?')[0]);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page).toHaveTitle(/Followthrough$/);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('h1')).toBeVisible();
    });

    test('the first stop of the Tab key skips to the content', async ({ page }) => {
      await page.goto(url);
      await page.keyboard.press('Tab');
      const skip = page.locator(':focus');
      await expect(skip).toHaveAttribute('href', /#main$/);
      await expect(skip).toBeInViewport();
      await page.keyboard.press('Enter');
      await expect(page.locator('main#main')).toBeFocused();
    });

    test('does not scroll sideways at 320 px', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto(url);
      const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(client);
    });

    for (const colorScheme of ['light', 'dark']) {
      test(`has no WCAG 2.2 AA violation that axe finds, ${colorScheme}, 1280 and 360 px`, async ({ page }) => {
        // An init script, because the content policy of the pages would refuse an added one.
        await page.addInitScript(axe);
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(url);
          const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: 'tag', values } }), wcag);
          const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary}`));
          expect(found, `${width} px`).toEqual([]);
        }
      });
    }

    test.describe('without JavaScript', () => {
      test.use({ javaScriptEnabled: false });
      test('shows its heading, its content and the way on', async ({ page }) => {
        expect((await page.goto(url)).status()).toBe(200);
        await expect(page.locator('h1')).toBeVisible();
        await expect(page.locator('main')).toContainText(/\S/);
        await expect(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
      });
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
