// From a status to its grounds, and views of the past.
import { test, expect } from './base.mjs';

test('from a status, evidence, review, meeting and words are at most one click away', { tag: '@point-11' }, async ({ page }) => {
  test.slow();
  for (const list of ['/en/', '/en/initiatives', '/en/matrix?cells=words', '/en/topics/critical-infrastructure', '/en/countries/JP', '/en/activity', '/en/search?q=cyber']) {
    await page.goto(list);
    const row = page.locator('main :is(tr, li, article, dd):has([data-status]):has(a[href*="/initiatives/"]):not(:has(:is(tr, li, article):has([data-status])))').filter({ visible: true });
    expect(await row.count(), `${list} leads from statuses to initiatives`).toBeGreaterThan(0);
    const to = await row.first().locator('a[href*="/initiatives/"]').first().getAttribute('href');
    await page.goto(to);
    await expect(page.locator('main [data-status]').first(), to).toBeVisible();
    // What no statement promised says so in place of its words.
    for (const [what, grounds] of Object.entries({ evidence: 'a[href*="/evidence/"]', meeting: 'a[href*="/meetings/"]', words: 'a[href*="/statements/"], .empty', review: '.mark, .history' })) {
      expect(await page.locator(`main ${grounds}`).count(), `${what} on ${to}`).toBeGreaterThan(0);
    }
  }
});

test('a view of the past says so and leads back, on every page with a time', { tag: '@point-12' }, async ({ page }) => {
  for (const lang of ['en', 'ja']) {
    for (const path of ['/', '/topics', '/initiatives', '/matrix', '/countries/JP', '/commitments', '/activity', '/search?q=cyber']) {
      await page.goto(`/${lang}${path}${path.includes('?') ? '&' : '?'}as_of=2023-06-30`);
      const banner = page.locator('main [role=status]', { hasText: lang === 'en' ? '30 June 2023' : '2023年6月30日' }).first();
      await expect(banner, path).toBeVisible();
      expect(await banner.locator('a').getAttribute('href'), path).not.toContain('as_of');
    }
  }
});
