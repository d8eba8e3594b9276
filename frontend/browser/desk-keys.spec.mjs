// The keys of the people who keep the record, and that none of them acts while a word is composed.
import { expect } from './base.mjs';
import { test, signIn } from './desk.mjs';

test.describe.configure({ mode: 'serial' });

/** Presses a key on the page as an input method or a modifier makes it. */
const press = (page, options) =>
  page.evaluate((o) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...o })), options);
const unheard = (key) => [{ key, isComposing: true }, { key, keyCode: 229 }, { key, ctrlKey: true }, { key, altKey: true }, { key, metaKey: true }];

test('E leads from an initiative to the evidence of an update, and Ctrl+Enter saves it once', async ({ page }) => {
  await signIn(page, 'rao@example.org');
  const here = '/en/initiatives/QSCG-AI-ML';
  await page.goto(here);
  for (const options of unheard('e')) await press(page, options);
  await page.locator('#find').focus();
  await page.keyboard.type('e');
  await expect(page).toHaveURL(new RegExp(`${here}$`));
  await page.locator('#find').fill('');
  await page.locator('#find').blur();
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/\/update#field-evidence$/);
  await expect(page.locator('#field-evidence')).toBeInViewport();

  const before = (await (await page.request.get('/initiatives/QSCG-AI-ML.json')).json()).item.updates.length;
  await page.getByRole('radio', { name: /Under way/ }).check();
  await page.getByRole('checkbox').first().check();
  await page.locator('[name="note.ja"]').fill('進行中');
  let posts = 0;
  page.on('request', (r) => r.method() === 'POST' && r.url().endsWith('/updates') && (posts += 1));
  await page.locator('[name="note.ja"]').evaluate((e) => {
    for (const o of [{ isComposing: true }, { keyCode: 229 }]) e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, ...o }));
  });
  expect(posts, 'nothing is sent while a word is composed').toBe(0);
  await page.locator('[name="note.ja"]').evaluate((e) => {
    for (let i = 0; i < 3; i += 1) e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('Saved: Under way')).toBeVisible();
  expect(posts).toBe(1);
  expect((await (await page.request.get('/initiatives/QSCG-AI-ML.json')).json()).item.updates.length).toBe(before + 1);
  for (const options of unheard('u')) await press(page, options);
  await expect(page.getByText('Saved: Under way')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('What stood before stands again')).toBeVisible();
});

test('the keys of a round rest while a word is composed, behind the list of keys and where they are off', { tag: '@point-36' }, async ({ page }) => {
  await signIn(page, 'sato@example.org');
  await page.goto('/en/rounds');
  await page.locator('tr', { hasText: '5–6 December 2023' }).getByRole('button').click();
  const item = '/en/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE';
  await page.goto(item);
  const chosen = page.locator('input[data-key]:checked');
  const first = await chosen.count();
  const still = async (when) => {
    await expect(chosen, when).toHaveCount(first);
    await expect(page, when).toHaveURL(new RegExp(`${item}$`));
  };
  for (const key of ['3', 'r', 'e', 'j', 'k']) {
    for (const options of unheard(key)) await press(page, options);
    await still(key);
  }
  await page.locator('[name="note.ja"]').fill('');
  await page.locator('[name="note.ja"]').pressSequentially('3rjk');
  await still('in a field');
  await page.locator('[name="note.ja"]').fill('');
  await page.locator('[name="note.ja"]').blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('dialog').locator('kbd').first(), 'the keys of the round come first').toHaveText('Ctrl+Enter');
  for (const key of ['3', 'r']) await page.keyboard.press(key);
  await page.keyboard.press('Escape');
  await still('behind the list');
  await page.evaluate(() => (document.documentElement.dataset.keys = 'off'));
  for (const key of ['3', 'r', 'j']) await page.keyboard.press(key);
  await still('off');
  await page.evaluate(() => delete document.documentElement.dataset.keys);
  await page.keyboard.press('3');
  await expect(page.locator('input[data-key="3"]')).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[data-key="4"]'), 'arrows move in a group of choices').toBeChecked();
});

test('an account switches keys off in the list of keys, and its own page says so', { tag: '@point-36' }, async ({ page }) => {
  await signIn(page, 'rao@example.org');
  await page.goto('/en/initiatives');
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByRole('button', { name: 'Turn them off' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-keys', 'off'); // the page that the form answers with
  await expect(page).toHaveURL(/\/en\/initiatives$/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto('/en/account');
  await expect(page.getByRole('checkbox', { name: /Single keys/ })).not.toBeChecked();
  await page.goto('/en/shortcuts');
  await page.getByRole('button', { name: 'Turn them on' }).click(); // others work with this account, too
  await expect(page.getByRole('button', { name: 'Turn them off' })).toBeVisible();
});
