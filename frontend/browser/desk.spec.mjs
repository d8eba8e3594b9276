// The work of the people who keep the record, in a real browser against a program of their own.
import { expect } from './base.mjs';
import { test, signIn, startRound, passphrase } from './desk.mjs';

const round = '/en/rounds/qscg-2023-12';

test.describe.configure({ mode: 'serial' });

test('g and r leave the form of a round, and U takes back the judgement that was just made', { tag: '@point-29' }, async ({ page }) => {
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
  await page.waitForLoadState(); // the words are there before the script that hears keys
  await page.keyboard.press('u');
  await expect(page.getByText('What stood before stands again')).toBeVisible();
});

test('a round is walked by keyboard: one key for no change, at most six for a change with evidence', { tag: ['@point-23', '@point-24'] }, async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await signIn(page, 'sato@example.org');
  await startRound(page);
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
    if (items === 5) {
      // Another person at another machine begins at the first that nobody looked at, which is where this one stands.
      const other = await browser.newContext({ baseURL });
      const second = await other.newPage();
      await signIn(second, 'rao@example.org');
      await second.goto(round);
      await second.getByRole('link', { name: 'Go on with the first' }).click();
      await expect(second, 'the round goes on where it was left').toHaveURL(new URL(page.url()).pathname + '#item');
      await other.close();
    }
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

test('a published round shows what changed, what was confirmed and what nobody looked at, each in its own way', { tag: ['@point-9', '@point-10', '@point-25'] }, async ({ page }) => {
  test.slow();
  await signIn(page, 'sato@example.org');
  await page.goto('/en/rounds');
  // The latest meeting that has no round yet.
  await page.locator('main tr', { has: page.getByRole('button') }).first().getByRole('button').click();
  await page.waitForURL(/\/en\/rounds\/[^/]+$/);
  const at = page.url();
  const meeting = new URL(at).pathname.split('/').at(-1);
  const refs = await page.locator('.round-items a, main a[href*="/rounds/"][href*="QSCG"]').evaluateAll((all) => [...new Set(all.map((a) => a.pathname.split('/')[4]).filter(Boolean))]);
  expect(refs.length).toBeGreaterThan(3);
  const [changed, confirmed, ...others] = refs;
  await page.goto(`${at}/${changed}`);
  await page.keyboard.press('3');
  await page.keyboard.press('e');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => !url.pathname.includes(changed));
  await page.goto(`${at}/${confirmed}`);
  await page.keyboard.press('r');
  await page.waitForURL((url) => !url.pathname.includes(confirmed));
  await page.goto(`${at}/publish`);
  for (const ref of others) await expect(page.locator(`#h-carried ~ * a[href*="/${ref}"]`).first(), 'the page names what nobody looked at').toBeVisible();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('The round is published.')).toBeVisible();

  const { items } = await (await page.request.get(`/initiatives.json?as_of=${meeting}&limit=200`)).json();
  const csv = await (await page.request.get(`/initiatives.csv?as_of=${meeting}`)).text();
  const marks = Object.fromEntries(items.map((i) => [i.ref, i.review_mark]));
  // What the first data set judged at this very meeting stays imported; nothing else is carried over from before it.
  expect(others.map((ref) => marks[ref]), 'what nobody looked at').not.toContain('changed');
  const carried = others.find((ref) => marks[ref] === 'carried');
  const wanted = { [confirmed]: 'confirmed', [carried]: 'carried' };
  const words = new Set();
  for (const [ref, mark] of Object.entries(wanted)) {
    expect(items.find((i) => i.ref === ref).review_mark, `${ref} as JSON`).toBe(mark);
    expect(csv.split('\n').find((line) => line.startsWith(`${ref},`)), `${ref} as CSV`).toContain(mark);
    await page.goto(`/en/matrix?cells=words&as_of=${meeting}`);
    const cell = page.locator(`.matrix tr[data-ref="${ref}"] [data-mark]`).last();
    await expect(cell, `${ref} in the matrix`).toHaveAttribute('data-mark', mark);
    words.add((await cell.textContent()).trim());
    await page.goto(`/en/initiatives/${ref}?as_of=${meeting}`);
    words.add((await page.locator('main .mark, main .now').first().textContent()).trim());
  }
  expect(words.size, [...words].join(' / ')).toBe(4);
  await page.goto(`/en/?as_of=${meeting}`);
  await expect(page.locator('main'), 'carried is not counted as reviewed').toContainText(`reviewed 2 of ${items.length}`);
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
test('what was typed comes back after somebody else was quicker, and after the session ended', { tag: ['@point-26', '@point-27'] }, async ({ page, browser, baseURL }) => {
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
