// The matrix under the keyboard and on narrow screens.
import { test, expect } from './base.mjs';

const views = { meetings: '/en/matrix?cells=words', glyphs: '/ja/matrix', countries: '/en/matrix?by=countries' };

/** Row and column of the focused link; neighbours that nobody reviewed lead to the same judgement. */
const focused = (page) =>
  page.evaluate(() => {
    const cell = document.activeElement.closest('td, th');
    return cell && `row ${[...document.querySelectorAll('.matrix tr')].indexOf(cell.parentElement)}, column ${cell.cellIndex}`;
  });
const firstCell = (page) => page.locator('.matrix td a').first();

/** What hides a part of the focused link: the edge of the window, of the region, its sticky head or its first column. */
const covering = (page) =>
  page.evaluate(() => {
    const link = document.activeElement;
    const region = document.querySelector('grid-keys');
    const at = link.getBoundingClientRect();
    const edge = region.getBoundingClientRect();
    const head = region.querySelector('thead').getBoundingClientRect();
    const column = region.querySelector('thead th').getBoundingClientRect();
    const inHead = Boolean(link.closest('thead'));
    const inColumn = Boolean(link.closest('th')); // of a row or a group; these stay where they are
    const half = 0.5; // of a pixel, lost to rounding
    return [
      at.top < 0 - half && 'the upper edge of the window',
      at.bottom > innerHeight + half && 'the lower edge of the window',
      at.bottom > edge.bottom + half && 'the lower edge of the region',
      at.right > edge.right + half && 'the right edge of the region',
      !inHead && at.top < head.bottom - half && 'the sticky head',
      !inColumn && at.left < column.right - half && 'the sticky column',
    ].filter(Boolean);
  });

for (const [name, url] of Object.entries(views)) {
  test(`arrow keys walk through the matrix of ${name} and nothing covers the cell`, { tag: ['@point-4', '@point-5'] }, async ({ page }) => {
    await page.goto(url);
    const cells = await page.locator('.matrix tbody tr[data-ref]').first().locator('td').count();
    const rows = await page.locator('.matrix tbody tr[data-ref]').count();
    await page.locator('.matrix tbody tr[data-ref] th a').first().focus();
    // Along the first row, down the last column that it reaches, back and up again.
    for (const [key, times] of [['ArrowRight', cells], ['ArrowDown', rows], ['ArrowLeft', cells], ['ArrowUp', rows]]) {
      let before = await focused(page);
      let steps = 0;
      for (; steps < times; steps++) {
        await page.keyboard.press(key);
        const now = await focused(page);
        if (now === before) break;
        expect(await covering(page), `${key}, step ${steps + 1}, ${now}`).toEqual([]);
        before = now;
      }
      expect(steps, `${key} moves`).toBeGreaterThan(0);
    }
  });

  test(`Home and End go to the ends of a row of the matrix of ${name}`, async ({ page }) => {
    await page.goto(url);
    const row = page.locator('.matrix tbody tr[data-ref]', { has: page.locator('td a') }).nth(3);
    const links = row.locator('a');
    await links.nth(1).focus();
    await page.keyboard.press('End');
    await expect(links.last()).toBeFocused();
    expect(await covering(page), 'End').toEqual([]);
    await page.keyboard.press('Home');
    await expect(links.first()).toBeFocused();
    expect(await covering(page), 'Home').toEqual([]);
  });
}

test('the column stays when the arrow keys cross the heading of a topic', async ({ page }) => {
  await page.goto(views.meetings);
  const column = () => page.evaluate(() => document.activeElement.closest('td, th').cellIndex);
  const group = page.locator('.matrix tbody').first().locator('tr[data-ref]').last();
  await group.locator('td a').last().focus();
  const from = await column();
  await page.keyboard.press('ArrowDown');
  expect(await column()).toBe(from);
  expect(await page.evaluate(() => document.activeElement.closest('tbody') === document.querySelectorAll('.matrix tbody')[1]), 'in the next topic').toBe(true);
});

test('arrow keys with a modifier belong to the browser', async ({ page }) => {
  await page.goto(views.meetings);
  await firstCell(page).focus();
  const before = await focused(page);
  for (const key of ['Shift+ArrowRight', 'Alt+ArrowDown', 'Control+End']) {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(before);
  }
});

test('the matrix opens at the newest meeting, that of countries at the judgement of the whole', async ({ page }) => {
  // How much of the columns is hidden at each side, whichever way the region reads.
  const hidden = () => page.evaluate(() => {
    const region = document.querySelector('grid-keys').getBoundingClientRect();
    const table = document.querySelector('.matrix').getBoundingClientRect();
    return { left: Math.abs(Math.round(region.left - table.left)), right: Math.abs(Math.round(table.right - region.right)) };
  });
  for (const url of ['/en/matrix', '/en/matrix/embed']) {
    await page.setViewportSize({ width: 1000, height: 800 });
    await page.goto(url);
    await expect.poll(hidden, url).toMatchObject({ right: 0 });
    expect((await hidden()).left, `earlier meetings of ${url}`).toBeGreaterThan(0);
  }
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto('/en/matrix?by=countries');
  await page.waitForFunction(() => customElements.get('grid-keys'));
  expect((await hidden()).left, 'countries').toBe(0);
  expect((await hidden()).right, 'columns that do not fit').toBeGreaterThan(0);
});

test('the matrix is a table at 1280 px and a list at 360 px', async ({ page }) => {
  for (const url of Object.values(views)) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(url);
    const table = page.locator('table.matrix');
    const list = page.locator('.matrix-list');
    await expect(table).toBeVisible();
    await expect(list).toBeHidden();
    const refs = await table.locator('tr[data-ref]').evaluateAll((rows) => rows.map((r) => r.querySelector('th a').getAttribute('href')));

    await page.setViewportSize({ width: 360, height: 800 });
    await expect(table).toBeHidden();
    await expect(list).toBeVisible();
    const listed = await list.locator('> ul > li').evaluateAll((items) => items.map((i) => i.querySelector('a').getAttribute('href')));
    expect(listed, 'the same initiatives in the same order').toEqual(refs);
    await list.locator('summary').first().click();
    await expect(list.locator('ol').first()).toBeVisible();
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a topic over many meetings opens at the newest, with the names in sight', async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await page.goto('/en/topics/digital-infrastructure');
    const at = await page.locator('.over-time-scroll').evaluate((box) => {
      const inside = (e) => e.getBoundingClientRect().left >= box.getBoundingClientRect().left - 1 && e.getBoundingClientRect().right <= box.getBoundingClientRect().right + 1;
      return { wider: box.scrollWidth > box.clientWidth, newest: inside(box.querySelector('thead th:last-child')), name: inside(box.querySelector('tbody th')) };
    });
    expect(at).toEqual({ wider: true, newest: true, name: true });
  });
  test('the matrix shows its cells, changes its view and can be narrowed', { tag: '@point-3' }, async ({ page }) => {
    await page.goto('/en/matrix');
    await expect(firstCell(page)).toBeVisible();
    const address = await firstCell(page).getAttribute('href');
    await firstCell(page).click();
    await expect(page).toHaveURL(new RegExp(address.replace(/[.?#]/g, '\\$&') + '$'));
    await page.goBack();

    await page.getByRole('group', { name: 'Columns' }).getByRole('link', { name: 'Countries' }).click();
    await expect(page.locator('.matrix thead')).toContainText('Japan');

    await page.locator('.filters > summary').click();
    await page.locator('input[type=checkbox][name=status][value=stalled]').check();
    await page.locator('.filters [type=submit]').first().click();
    await expect(page).toHaveURL(/by=countries.*status=stalled|status=stalled.*by=countries/);
    const { total } = await (await page.request.get('/matrix.json?by=countries&status=stalled')).json();
    await expect(page.locator('.matrix tr[data-ref]')).toHaveCount(total);
  });
});
