// Keys act while nobody is typing, and search and filters need none of them.
import { test, expect } from './base.mjs';

const reader = '/en/statements/qscg-2023-12';
const find = (page) => page.locator('#find');

/** Presses a key on the page as an input method or a modifier makes it. */
const press = (page, options) =>
  page.evaluate((o) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...o })), options);

for (const url of ['/en/', '/ja/matrix', reader, '/en/search?q=cyber', '/ja/method']) {
  test(`/ puts the focus into the search field, ${url}`, async ({ page }) => {
    await page.goto(url);
    await page.keyboard.press('/');
    await expect(find(page)).toBeFocused();
    await expect(find(page), 'the key itself is not typed').toHaveValue('');
    await page.keyboard.type('a/b');
    await expect(find(page), 'in the field it is a letter like others').toHaveValue('a/b');
  });
}

test('/ is left alone in a text field, with a modifier and during composition', { tag: '@point-36' }, async ({ page }) => {
  await page.goto('/en/search');
  const words = page.locator('#words');
  await words.focus();
  await page.keyboard.type('tls/ssl');
  await expect(words).toBeFocused();
  await expect(words).toHaveValue('tls/ssl');

  await words.blur();
  for (const options of [{ key: '/', ctrlKey: true }, { key: '/', altKey: true }, { key: '/', metaKey: true }, { key: '/', isComposing: true }]) {
    await press(page, options);
    await expect(find(page), JSON.stringify(options)).not.toBeFocused();
  }
});

test('g with a letter follows the links of the frame, with the time of the view', async ({ page }) => {
  for (const [keys, address] of [['g o', /\/ja\/\?as_of=qscg-2023-12$/], ['g m', /\/ja\/meetings\?as_of=qscg-2023-12$/], ['g x', /\/ja\/matrix\?as_of=qscg-2023-12$/]]) {
    await page.goto('/ja/topics?as_of=qscg-2023-12');
    for (const key of keys.split(' ')) await page.keyboard.press(key);
    await expect(page, keys).toHaveURL(address);
  }
});

test('? and g with a letter are left alone in a text field, with a modifier, during composition and where keys are off', { tag: '@point-36' }, async ({ page }) => {
  await page.goto('/en/search');
  await page.locator('#words').focus();
  await page.keyboard.type('?gxgo');
  await expect(page.locator('#words')).toHaveValue('?gxgo');
  await page.locator('#words').blur();
  for (const options of [{ key: '?', ctrlKey: true }, { key: '?', isComposing: true }, { key: '?', metaKey: true }, { key: 'x' }, { key: 'o' }]) await press(page, options);
  for (const options of [{ key: 'x', isComposing: true }, { key: 'x', altKey: true }]) {
    await press(page, { key: 'g' });
    await press(page, options);
  }
  await page.evaluate(() => (document.documentElement.dataset.keys = 'off'));
  for (const key of ['?', 'g', 'x', '/']) await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/en\/search$/);
  await expect(find(page)).not.toBeFocused();
});

test('no key of the reader fires while one types, composes or holds a modifier', { tag: '@point-36' }, async ({ page }) => {
  await page.goto(reader);
  const still = async (when) => {
    await expect(page.locator('statement-reader output'), when).toHaveText('0 / 21');
    await expect(page.locator('.selected'), when).toHaveCount(0);
  };
  await find(page).focus();
  await page.keyboard.type('np/npn');
  await expect(find(page)).toBeFocused();
  await expect(find(page)).toHaveValue('np/npn');
  await still('in the search field');

  await page.locator('select[name=as_of]').focus();
  await page.keyboard.press('n');
  await still('in a list of choices');

  await page.locator('select[name=as_of]').blur();
  for (const options of [{ key: 'n', isComposing: true }, { key: 'p', isComposing: true }, { key: 'n', ctrlKey: true }, { key: 'p', altKey: true }, { key: 'n', metaKey: true }]) {
    await press(page, options);
    await still(JSON.stringify(options));
  }
});

test('no key of the matrix fires during composition', { tag: '@point-36' }, async ({ page }) => {
  await page.goto('/en/matrix?cells=words');
  const cell = page.locator('.matrix td a').first();
  await cell.focus();
  await cell.evaluate((e) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, isComposing: true })));
  await expect(cell).toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a reader searches from any page, narrows the kind and opens what was found', { tag: '@point-3' }, async ({ page }) => {
      await page.goto('/ja/topics?as_of=qscg-2023-12');
      await find(page).fill('サイバー');
      await find(page).press('Enter');
      await expect(page).toHaveURL(/\/ja\/search\?/);
      expect(new URL(page.url()).searchParams.get('as_of'), 'the time of the view travels').toBe('qscg-2023-12');
      const { total } = await (await page.request.get('/search.json?as_of=qscg-2023-12&q=%E3%82%B5%E3%82%A4%E3%83%90%E3%83%BC')).json();
      await expect(page.getByRole('status').filter({ hasText: '見つかりました' })).toHaveText(`${total}件見つかりました`);

      await page.getByRole('group', { name: '種類' }).getByRole('link', { name: /^声明/ }).click();
      await expect(page).toHaveURL(/kind=statement/);
      const hits = page.locator('.hits > li');
      await expect(hits.first().locator('.snippet mark').first()).toHaveText('サイバー');
      await hits.first().locator('a').first().click();
      await expect(page).toHaveURL(/\/ja\/statements\/qscg-2023-12\?as_of=qscg-2023-12(#|$)/);
    });

    test('a reader narrows the parts of a country by topic and status', async ({ page }) => {
      await page.goto('/en/countries/JP');
      const rows = page.locator('#parts tr[data-ref]');
      const all = await rows.count();
      await page.locator('#part').selectOption('under_way');
      await page.locator('#parts [type=submit]').click();
      await expect(page).toHaveURL(/part=under_way/);
      const { item } = await (await page.request.get('/countries/JP.json?part=under_way')).json();
      expect(item.initiatives.length).toBeGreaterThan(0);
      expect(item.initiatives.length).toBeLessThan(all);
      await expect(rows).toHaveCount(item.initiatives.length);
      await expect(page.locator('#part')).toHaveValue('under_way');

      await page.goto('/en/countries/JP?part=dropped');
      await expect(rows).toHaveCount(0);
      await page.locator('#parts').getByRole('link').click();
      await expect(rows, 'one link widens it again').toHaveCount(all);
    });
  });
}
