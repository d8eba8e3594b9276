// The work of the people who keep the record, in a real browser against a program of their own.
import { expect, bringAxe, violations } from './base.mjs';
import { test, signIn, passphrase } from './desk.mjs';

const round = '/en/rounds/qscg-2023-12';

test.describe.configure({ mode: 'serial' });

const pages = [
  '/account', '/account/sessions', '/account/tokens', '/account/second-factor', '/admin/users', '/admin/audit?verify=1',
  '/forums/qscg/edit', '/countries/JP/edit', '/topics/supply-chain/edit', '/delegates/keiichi-ichikawa/edit', '/meetings/qscg-2023-12/edit', '/initiatives/QSCG-CYBER-CHALLENGE/edit', '/statements/qscg-2023-12', '/statements/qscg-2023-12/edit', '/statements/qscg-2023-12/mark', '/statements/qscg-2023-12/mark?paragraph=p4',
  '/statements/qscg-2023-12/paragraphs/p4/correct', '/commitments/QSCG-2023-12-P04-1/edit', '/meetings/new', '/delegates', '/removed',
  '/initiatives/QSCG-CYBER-CHALLENGE/update', '/initiatives/QSCG-CYBER-CHALLENGE', '/evidence/wh-2023-12-15/retract', '/rounds', '/rounds/qscg-2023-12', '/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE', '/rounds/qscg-2023-12/publish', '/rounds/qscg-2023-12/discard',
];

test('every page of the desk gives axe nothing to find and fits 320 px', async ({ page }) => {
  test.setTimeout(180_000);
  await bringAxe(page);
  await signIn(page, 'sato@example.org');
  await page.goto('/en/rounds');
  await page.locator('tr', { hasText: '5–6 December 2023' }).getByRole('button').click();
  for (const [lang, colorScheme, width] of [['en', 'light', 1280], ['ja', 'dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const path of pages) {
      await page.goto(`/${lang}${path}`);
      expect(await violations(page), `${lang}${path}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of pages) {
    await page.goto(`/en${path}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});

test('g and r leave the form of a round, and U takes back the judgement that was just made', async ({ page }) => {
  await signIn(page, 'rao@example.org');
  await page.goto('/en/rounds/qscg-2023-12/QSCG-AI-ML');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/\/en\/rounds$/);
  await page.goto('/en/initiatives/QSCG-AI-ML/update');
  await page.getByRole('radio', { name: /Under way/ }).check();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Save the update' }).click();
  await expect(page.getByText('Saved: Under way')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('What stood before stands again')).toBeVisible();
});

test('a round is walked by keyboard: one key for no change, at most six for a change with evidence', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'sato@example.org');
  await page.goto(round);
  await page.getByRole('link', { name: 'Go on with the first' }).click();
  await expect(page.locator('#item')).toBeFocused(); // the script is there
  let keys = 0, items = 0, most = 0;
  for (;;) {
    const here = page.url();
    const pressed = items % 3 === 1 ? ['3', 'e', 'Space', 'Control+Enter'] : ['r'];
    for (const key of pressed) await page.keyboard.press(key);
    await page.waitForURL((url) => url.href !== here);
    keys += pressed.length;
    most = Math.max(most, pressed.length);
    items++;
    if (!page.url().includes('#item')) break;
    await expect(page.locator('#item')).toBeFocused();
  }
  console.log(`${items} items by ${keys} keys, at most ${most} for one`);
  expect(most).toBeLessThanOrEqual(6);
  await expect(page.getByText(`Reviewed ${items} of ${items}`)).toBeVisible();
  await page.goto(`${round}/publish`);
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('The round is published.')).toBeVisible();
});

test('two analysts see each other, and an open page learns that the record moved on', async ({ page, browser, baseURL }) => {
  await signIn(page, 'sato@example.org');
  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await signIn(second, 'rao@example.org');
  await page.goto('/en/initiatives/QSCG-AI-ML');
  await second.goto('/en/initiatives/QSCG-AI-ML/update');
  await expect(page.getByText('Also open for: A. Rao')).toBeVisible();
  await second.getByRole('radio', { name: /Under way/ }).check();
  await second.getByRole('checkbox').first().check();
  await second.getByRole('button', { name: 'Save the update' }).click();
  await expect(second.getByText('Saved: Under way')).toBeVisible();
  await expect(page.getByText('This record has changed since you opened it.')).toBeVisible();
  await second.getByRole('button', { name: 'Undo' }).first().click();
  await expect(second.getByText('What stood before stands again')).toBeVisible();
  await other.close();
});

test.describe('two answers that refuse', () => {
test.use({ provoked: ['status of 412', 'status of 401'] });
test('what was typed comes back after somebody else was quicker, and after the session ended', async ({ page, browser, baseURL }) => {
  await signIn(page, 'sato@example.org');
  await page.goto('/en/initiatives/QSCG-INTL-LAW/update');
  const typed = 'A “quoted” note\n日本語 <b>&amp;';
  await page.fill('[name="note.en"]', typed);
  await page.getByRole('radio', { name: /Under way/ }).check();
  await page.getByRole('checkbox').first().check();
  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await signIn(second, 'rao@example.org');
  await second.goto('/en/initiatives/QSCG-INTL-LAW/update');
  await second.getByRole('radio', { name: /Announced/ }).check();
  await second.getByRole('checkbox').first().check();
  await second.getByRole('button', { name: 'Save the update' }).click();
  await expect(second.getByText('Saved: Announced')).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: 'Save the update' }).click();
  await expect(page.getByText('Choose one side of each field')).toBeVisible();
  for (const fieldset of await page.locator('fieldset').all()) await fieldset.getByRole('radio').last().check();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save the update' }).click();
  await expect(page.getByText('Your session had ended')).toBeVisible();
  await page.fill('[name=email]', 'sato@example.org');
  await page.fill('[name=passphrase]', passphrase);
  await page.press('[name=passphrase]', 'Enter');
  await expect(page.locator('[name="note.en"]')).toHaveValue(typed);
  await expect(page.getByRole('radio', { name: /Under way/ })).toBeChecked();
});
});
