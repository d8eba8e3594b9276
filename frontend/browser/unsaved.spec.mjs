// What was typed and not saved is not lost without a question.
import { expect } from './base.mjs';
import { test, signIn } from './desk.mjs';

test('leaving a form asks while something typed is unsaved, and only then', async ({ page }) => {
  await signIn(page, 'rao@example.org');
  const asked = [];
  let answer = 'dismiss';
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog[answer]();
  });
  const leave = () => page.locator('header a').first().click();

  await page.goto('/en/import');
  const publisher = page.locator('[name="publications.0.publisher"]');
  await page.locator('details', { has: publisher }).locator('> summary').click();
  await publisher.click();
  await page.keyboard.type('Somebody');
  await leave();
  await expect.poll(() => asked, { message: 'a field in a part that can be folded' }).toEqual(['beforeunload']);
  await expect(publisher).toHaveValue('Somebody');
  await publisher.fill('');
  await page.locator('[name=meeting]').selectOption('+');
  await page.locator('[name=meeting]').selectOption('');
  await leave();
  await page.waitForURL((url) => !url.pathname.endsWith('/import'));
  expect(asked, 'what is as it was is left without a question').toHaveLength(1);

  await page.goto('/en/import');
  await page.locator('[name="texts.0.body"]').click();
  await page.keyboard.type('We will publish a list.');
  await page.selectOption('[name=forum]', 'qscg');
  await page.getByRole('button', { name: 'Read the text' }).click();
  await page.waitForURL(/\/import\/\d+\/source/);
  expect(asked, 'what is sent is not lost').toHaveLength(1);
  await page.goto('/en/import');
  await page.locator('[name="texts.0.body"]').click();
  await page.keyboard.type('We will publish a list.');
  await page.evaluate(() => document.querySelectorAll('unsaved-words').forEach((one) => one.remove()));
  await leave();
  await page.waitForURL((url) => !url.pathname.endsWith('/import'));
  expect(asked, 'what is taken away asks nothing').toHaveLength(1);

  await page.goto('/en/import');
  await page.locator('[name="texts.0.body"]').click();
  await page.locator('[name="new_meeting.ref"]').evaluate((field) => {
    field.value = 'set by a script';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  answer = 'accept';
  await leave();
  await page.waitForURL((url) => !url.pathname.endsWith('/import'));
  expect(asked, 'a person may leave all the same').toHaveLength(2);
});
