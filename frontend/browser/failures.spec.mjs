// Errors and empty views: what happened, whether anything is lost, and what to do next, in both languages.
import { test, expect, bringAxe, violations } from './base.mjs';
import { test as desk, signIn } from './desk.mjs';

const errors = { '/initiatives/QSCG-NOT-THERE': 404, '/nothing/here': 404, '/initiatives/QSCG-AI-ML/update': 401 };
const empty = {
  '/initiatives?q=nothing-holds-this': 'a[href]',
  '/search?q=nothing-holds-this': 'a[href]',
  '/activity?as_of=2001-01-01': 'a[href]',
  '/matrix?as_of=2001-01-01': 'a[href]',
};

for (const lang of ['en', 'ja']) {
  const own = lang === 'ja' ? /[\u3040-\u30ff\u3400-\u9fff]/ : /[a-z]{2}/;

  test.describe(() => {
    test.use({ provoked: ['status of 404', 'status of 401'] });
    for (const [path, status] of Object.entries(errors)) {
      test(`/${lang}${path} says what happened, whether it is safe and what is next`, { tag: '@point-39' }, async ({ page }) => {
        await bringAxe(page);
        const answer = await page.goto(`/${lang}${path}`);
        expect(answer.status()).toBe(status);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expect(page.locator('h1')).toHaveText(own);
        const sentences = await page.locator('main p, main dd').allTextContents();
        expect(sentences.filter((s) => own.test(s)).length, JSON.stringify(sentences)).toBeGreaterThanOrEqual(3);
        expect(await page.locator('main a[href], main form').count(), 'a way on').toBeGreaterThan(0);
        expect(await violations(page)).toEqual([]);
      });
    }
  });

  for (const [path, way] of Object.entries(empty)) {
    test(`/${lang}${path} says that there is nothing, and why`, { tag: '@point-39' }, async ({ page }) => {
      expect((await page.goto(`/${lang}${path}`)).status()).toBe(200);
      const said = page.locator('main .empty, main [role=status]');
      await expect(said.first()).toBeVisible();
      await expect(said.first()).toHaveText(own);
      expect(await page.locator(`main ${way}`).count(), 'a way on').toBeGreaterThan(0);
      await expect(page.locator('main table:visible tbody:empty'), 'no blank table').toHaveCount(0);
    });
  }

  desk.describe(() => {
    desk.use({ provoked: ['status of 403'] });
    desk(`in ${lang} an analyst is told who may do what they may not`, { tag: '@point-39' }, async ({ page }) => {
      await signIn(page, 'rao@example.org', lang);
      expect((await page.goto(`/${lang}/admin/users`)).status()).toBe(403);
      await expect(page.locator('h1')).toHaveText(own);
      expect((await page.locator('main p, main dd').allTextContents()).filter((s) => own.test(s)).length).toBeGreaterThanOrEqual(3);
    });
  });
}
