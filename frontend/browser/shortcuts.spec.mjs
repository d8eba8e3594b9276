// Every key of the list of keys on the pages of readers: what it does, and that it rests while somebody types, composes a
// word, holds a modifier or has switched keys off.
import { test, expect, bringAxe, violations } from './base.mjs';

/** Presses a key on the page as an input method or a modifier makes it. */
const press = (page, options) =>
  page.evaluate((o) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...o })), options);
const unheard = (key) => [{ key, isComposing: true }, { key, keyCode: 229 }, { key, ctrlKey: true }, { key, altKey: true }, { key, metaKey: true }];
const dialog = (page) => page.getByRole('dialog');

test('? shows the list over the page, those of the page first, and Escape leads back to where one was', async ({ page }) => {
  await bringAxe(page);
  for (const [path, title, first, open] of [['/en/matrix?cells=words', 'Keyboard', 'J', '.matrix td a'], ['/ja/initiatives', 'キー操作', 'J', 'main tr[data-ref] a.title'], ['/en/statements/qscg-2023-12', 'Keyboard', 'N', 'main h1 ~ p a, .head a']]) {
    await page.goto(path);
    const here = page.locator(open).first();
    await here.focus();
    await page.keyboard.press('?');
    await expect(dialog(page), path).toHaveAccessibleName(title);
    await expect(dialog(page).locator('kbd').first()).toHaveText(first);
    await expect(page, 'the page stays').toHaveURL(new RegExp(`${path.replace(/\?/, '\\?')}$`));
    expect(await violations(page), path).toEqual([]);
    for (const key of ['g', 'x', 'j', 'n', '/', '?']) await page.keyboard.press(key);
    await expect(dialog(page), 'no key acts behind it').toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(here, `${path}: the focus is where it was`).toBeFocused();
    await page.keyboard.press('?');
    await dialog(page).getByRole('button').first().click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(here).toBeFocused();
  }
});

test('the list opens once, and never over what somebody has begun since', { tag: '@point-36' }, async ({ page }) => {
  let answer; // lets the list through that was asked for last
  await page.route('**/shortcuts*', async (route) => {
    await new Promise((done) => (answer = done));
    await route.continue().catch(() => {}); // the page may have given it up
  });
  await page.goto('/en/initiatives');
  await page.keyboard.press('?');
  await page.keyboard.press('?');
  await expect.poll(() => answer).toBeTruthy();
  answer();
  await expect(dialog(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  await page.keyboard.type('cyber');
  answer();
  await page.waitForTimeout(300); // what must not come
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator('#find')).toHaveValue('cyber');
});

test('a reader without an account switches keys off in the list and on again', { tag: '@point-36' }, async ({ page }) => {
  await page.goto('/en/matrix?as_of=qscg-2023-12');
  await page.keyboard.press('?');
  await dialog(page).getByRole('button', { name: 'Turn them off' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-keys', 'off'); // the page that the form answers with
  await expect(page, 'the reader stays where they were').toHaveURL(/\/en\/matrix\?as_of=qscg-2023-12$/);
  for (const key of ['?', '/', 'j', 'g', 'o']) await page.keyboard.press(key);
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/en\/matrix\?as_of=qscg-2023-12$/);
  await page.goto('/ja/initiatives');
  await page.keyboard.press('j');
  await expect(page.locator('main a:focus'), 'they stay off on every page').toHaveCount(0);
  await page.getByRole('link', { name: 'キー操作' }).click();
  await page.getByRole('button', { name: '有効にする' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-keys', 'off');
  await page.keyboard.press('/');
  await expect(page.locator('#find')).toBeFocused();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the list is a page with the same switch', { tag: '@point-36' }, async ({ page }) => {
    await page.goto('/en/matrix');
    await page.getByRole('link', { name: 'Keyboard' }).click();
    await expect(page).toHaveURL(/\/en\/shortcuts\?page=matrix$/);
    await page.getByRole('button', { name: 'Turn them off' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-keys', 'off');
    await page.getByRole('button', { name: 'Turn them on' }).click();
    await expect(page.locator('html')).not.toHaveAttribute('data-keys', 'off');
  });
});

for (const [path, rows] of [
  ['/en/initiatives', 'main tr[data-ref]'], ['/ja/search?q=サイバー', '.hits > li'], ['/en/activity', 'main li[data-ref]'], ['/en/meetings', 'main tr[data-ref]'], ['/ja/delegates', 'main tr[data-ref]'],
  ['/en/topics', 'main tr[data-ref]'], ['/en/matrix?cells=words', 'main tr[data-ref]'], ['/en/statements', 'main tr[data-ref]'],
]) {
  test(`J and K walk the rows of ${path}`, async ({ page }) => {
    await page.goto(path);
    const at = (n) => page.locator(rows).nth(n).locator('a:focus-visible');
    const last = (await page.locator(rows).count()) - 1;
    await page.keyboard.press('j');
    await expect(at(0)).toHaveCount(1);
    if (last > 0) {
      await page.keyboard.press('j');
      await expect(at(1)).toHaveCount(1);
      await expect(at(1)).toBeInViewport();
      await page.keyboard.press('k');
    }
    await page.keyboard.press('k');
    await expect(at(0), 'it stays at the first').toHaveCount(1);
    for (const options of [...unheard('j'), { key: 'J', shiftKey: true }]) {
      await press(page, options);
      await expect(at(0), JSON.stringify(options)).toHaveCount(1);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('jk');
    await expect(page.locator('#find')).toBeFocused();
    await page.locator('#find').blur();
    await page.evaluate(() => (document.documentElement.dataset.keys = 'off'));
    await page.keyboard.press('j');
    await expect(page.locator('main a:focus')).toHaveCount(0);
  });
}

test('J and K walk the matrix on narrow screens', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto('/ja/matrix');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.locator('.matrix-list > ul > li').nth(1).locator('a:focus-visible')).toBeInViewport();
});

test('Escape closes what is open, keeps what was typed and gives the focus back to the word that opened it', async ({ page }) => {
  await page.goto('/en/initiatives');
  const cite = page.locator('details.cite').first();
  await cite.locator('summary').click();
  await cite.locator('a').first().focus();
  await page.keyboard.press('Escape');
  await expect(cite).not.toHaveAttribute('open');
  await expect(cite.locator('summary')).toBeFocused();
  await cite.locator('summary').click();
  await page.locator('h1').click();
  await page.keyboard.press('Escape');
  await expect(cite, 'also when the focus is elsewhere').not.toHaveAttribute('open');

  await page.setViewportSize({ width: 360, height: 800 });
  const drawer = page.locator('details.filters');
  await drawer.locator('summary').first().click();
  const words = drawer.locator('input[type=search]').first();
  await words.fill('cyber');
  await words.evaluate((e) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, isComposing: true })));
  await expect(drawer, 'Escape ends the composition alone').toHaveAttribute('open');
  await page.keyboard.press('Escape');
  await expect(drawer).not.toHaveAttribute('open');
  await expect(words).toHaveValue('cyber');
});

test('Ctrl+Enter and ⌘+Enter press the main button of a form, once, and never while a word is composed', { tag: '@point-36' }, async ({ page }) => {
  for (const key of ['Control+Enter', 'Meta+Enter']) {
    await page.goto('/en/search');
    await page.locator('#words').fill('cyber');
    await page.locator('#words').evaluate((e) => {
      for (const o of [{ isComposing: true }, { keyCode: 229 }, { altKey: true }]) e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, ...o }));
    });
    await expect(page).toHaveURL(/\/en\/search$/);
    await page.keyboard.press(key);
    await expect(page, key).toHaveURL(/q=cyber/);
  }
});

test('the citation is on every page, with its files, and Zotero finds its tags', async ({ page }) => {
  for (const path of ['/en/initiatives/QSCG-CYBER-CHALLENGE', '/ja/statements/qscg-2023-12', '/en/', '/ja/matrix?as_of=qscg-2023-12']) {
    await page.goto(path);
    await page.locator('details.cite > summary').first().click();
    const panel = page.locator('details.cite').first();
    await expect(panel.locator('.citation').first()).toBeVisible();
    for (const [name, type] of [['BibTeX', 'application/x-bibtex'], ['RIS', 'application/x-research-info-systems'], ['CSL JSON', 'application/vnd.citationstyles.csl+json']]) {
      const answer = await page.request.get(await panel.getByRole('link', { name, exact: true }).getAttribute('href'));
      expect(answer.headers()['content-type'], `${path} ${name}`).toContain(type);
    }
    await expect(page.locator('head meta[name=citation_title]')).toHaveCount(1);
  }
});
