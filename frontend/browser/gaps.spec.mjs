// Texts that the record has in one language alone.
import { expect } from './base.mjs';
import { test, signIn } from './desk.mjs';

test('a text in one language is shown on the pages of the other, with its language and a label', { tag: '@point-17' }, async ({ page }) => {
  await signIn(page, 'sato@example.org');
  await page.goto('/en/topics/new');
  await page.fill('[name="name.en"]', 'Quantum-safe migration');
  await page.fill('[name=slug]', 'quantum-safe');
  await page.locator('main form .primary').first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/new'));
  for (const path of ['/topics', '/topics/quantum-safe']) {
    await page.goto(`/ja${path}`);
    const text = page.locator('main [lang=en]', { hasText: 'Quantum-safe migration' }).filter({ visible: true }).first();
    await expect(text, path).toBeVisible();
    await expect(page.locator('main .only', { hasText: '英語のみ' }).filter({ visible: true }).first(), path).toBeVisible();
  }
  await page.goto('/en/topics');
  await expect(page.locator('main', { hasText: 'Quantum-safe migration' })).toBeVisible();
});
