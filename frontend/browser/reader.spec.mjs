// The reader of a statement: the walk through its commitments, the marks and their partners, and its lines.
import { test, expect } from './base.mjs';

const url = '/en/statements/qscg-2023-12';
const outlined = (page) => page.locator('.selected');
const counter = (page) => page.locator('statement-reader output');

for (const width of [1280, 360]) {
  test(`N and P walk through the commitments and show where one is, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(url);
    const items = page.locator('li[data-commitment]');
    const total = await items.count();
    expect(total).toBe(21);
    await expect(counter(page)).toHaveText(`0 / ${total}`);

    for (let n = 1; n <= total; n++) {
      await page.keyboard.press('n');
      await expect(counter(page)).toHaveText(`${n} / ${total}`);
      await expect(items.nth(n - 1)).toBeFocused();
      await expect(items.nth(n - 1)).toBeInViewport();
      expect(await page.locator('mark.selected').count(), 'marks in both languages are outlined').toBeGreaterThanOrEqual(2);
    }
    await page.keyboard.press('n');
    await expect(counter(page), 'the walk ends at the last one').toHaveText(`${total} / ${total}`);
    await page.keyboard.press('p');
    await expect(counter(page)).toHaveText(`${total - 1} / ${total}`);
  });
}

test('the counter says 3 / 21 after three steps, with the keys and with the buttons', async ({ page }) => {
  await page.goto(url);
  for (const key of ['n', 'n', 'n']) await page.keyboard.press(key);
  await expect(counter(page)).toHaveText('3 / 21');
  await page.locator('[data-step="-1"]').click();
  await expect(counter(page)).toHaveText('2 / 21');
  await page.locator('[data-step="1"]').click();
  await expect(counter(page)).toHaveText('3 / 21');
});

test('the walk goes on from the commitment one has jumped to', async ({ page }) => {
  await page.goto(url);
  await page.locator('.all-numbers a', { hasText: /^5$/ }).click();
  await expect(counter(page)).toHaveText('5 / 21');
  await page.keyboard.press('n');
  await expect(counter(page)).toHaveText('6 / 21');

  const code = await page.locator('li[data-commitment]').nth(8).getAttribute('id');
  await page.goto(`${url}#${code}`);
  await page.reload();
  await expect(counter(page), 'from an address').toHaveText('9 / 21');
});

test('a click on a mark outlines its partner in the other language and its commitment', async ({ page }) => {
  await page.goto(url);
  const english = page.locator('p[lang=en] mark').nth(2);
  const code = await english.getAttribute('data-commitment');
  await english.click();
  for (const partner of [page.locator(`p[lang=ja] mark[data-commitment~="${code}"]`).first(), page.locator(`li[data-commitment="${code}"]`)]) {
    await expect(partner).toHaveClass(/selected/);
    expect(await partner.evaluate((e) => parseFloat(getComputedStyle(e).outlineWidth))).toBeGreaterThanOrEqual(2);
  }
  const others = await outlined(page).evaluateAll((all) => all.map((e) => e.dataset.commitment));
  expect(others.filter((o) => !o.split(' ').includes(code)), 'nothing else is outlined').toEqual([]);

  const next = page.locator('p[lang=ja] mark').nth(5);
  await next.click();
  await expect(english, 'one at a time').not.toHaveClass(/selected/);
  await page.keyboard.press('n');
  const number = await page.locator('li[data-commitment]').evaluateAll((all, c) => all.findIndex((e) => e.id === c), await next.getAttribute('data-commitment'));
  await expect(counter(page), 'the walk goes on from the mark').toHaveText(`${number + 2} / 21`);
});

test('texts of one paragraph share the first line, 1280 px', { tag: '@point-18' }, async ({ page }) => {
  for (const lang of ['en', 'ja']) {
    await page.goto(`/${lang}/statements/qscg-2023-12`);
    const pairs = await page.locator('.wordings').evaluateAll((all) =>
      all.map((pair) =>
        [...pair.querySelectorAll('p[lang]')].map((p) => {
          // An inline block without lines stands on the baseline.
          const probe = document.createElement('span');
          probe.style.display = 'inline-block';
          p.prepend(probe);
          const { bottom } = probe.getBoundingClientRect();
          probe.remove();
          return bottom;
        }),
      ),
    );
    expect(pairs.length).toBe(8);
    for (const [paragraph, [a, b]] of pairs.entries()) {
      expect(Math.abs(a - b), `${lang}, paragraph ${paragraph}: baselines at ${a} and ${b}`).toBeLessThanOrEqual(1);
    }
  }
});

test('the columns of the reader are no wider than one reads with ease', { tag: '@point-19' }, async ({ page }) => {
  for (const view of ['', '?text=en', '?text=ja']) {
    for (const width of [1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${url}${view}`);
      const columns = await page.locator('.wordings p[lang]').evaluateAll((all) =>
        all.map((p) => {
          const probe = document.createElement('span');
          probe.style.cssText = 'position: absolute; width: 1ch; letter-spacing: 0';
          p.append(probe);
          const ch = probe.getBoundingClientRect().width;
          probe.remove();
          const wide = p.getBoundingClientRect().width;
          return { lang: p.lang, ch: wide / ch, em: wide / parseFloat(getComputedStyle(p).fontSize) };
        }),
      );
      for (const { lang, ch, em } of columns) {
        if (lang === 'ja') expect(em, `${view}, ${width} px: em`).toBeLessThanOrEqual(40.5);
        else expect(ch, `${view}, ${width} px: characters`).toBeLessThanOrEqual(75.5);
      }
    }
  }
});

test('no Japanese line begins with what ends a phrase, or ends with what begins one', { tag: '@point-18' }, async ({ page }) => {
  let lines = 0;
  for (const width of [1280, 760, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${url}?text=ja`);
    const { count, wrong } = await page.locator('.wordings p[lang=ja]').evaluateAll((all) => {
      let count = 0;
      const wrong = [];
      for (const p of all) {
        const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (n) => (n.parentElement.closest('sup') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
        let before = null;
        while (walk.nextNode()) {
          for (let i = 0; i < walk.currentNode.data.length; i++) {
            const range = document.createRange();
            range.setStart(walk.currentNode, i);
            range.setEnd(walk.currentNode, i + 1);
            const box = range.getClientRects()[0];
            const sign = walk.currentNode.data[i];
            if (!box || !sign.trim()) continue;
            if (before && box.top > before.top + box.height / 2) {
              count++;
              if ('。、」』）)ー・々'.includes(sign) || '「『（('.includes(before.sign)) wrong.push(`${before.sign}|${sign}`);
            }
            before = { top: box.top, sign };
          }
        }
      }
      return { count, wrong };
    });
    lines += count;
    expect(wrong, `${width} px`).toEqual([]);
  }
  expect(lines, 'lines that were looked at').toBeGreaterThan(50);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the numbers lead to the commitments, and the languages and paragraphs can be chosen', { tag: '@point-3' }, async ({ page }) => {
    await page.goto(url);
    await expect(page.locator('mark').first()).toBeVisible();
    for (const step of await page.locator('[data-step], .counter').all()) await expect(step, 'nothing is shown that needs a script').toBeHidden();

    const link = page.locator('.all-numbers a').nth(11);
    const code = (await link.getAttribute('href')).slice(1);
    await link.click();
    await expect(page).toHaveURL(new RegExp(`#${code}$`));
    await expect(page.locator(`[id="${code}"]`)).toBeInViewport();

    await page.goto(url);
    await page.getByRole('link', { name: 'Only commitments' }).click();
    await expect(page).toHaveURL(/only=commitments/);
    expect(await page.locator('.paragraph').count()).toBeLessThan(8);
    await page.getByRole('group', { name: 'Show' }).getByRole('link', { name: '日本語' }).click();
    await expect(page).toHaveURL(/only=commitments&text=ja/);
    await expect(page.locator('.wordings p[lang=en]')).toHaveCount(0);
    await expect(page.locator('.wordings p[lang=ja]').first()).toBeVisible();
  });
});

test('where one is stays in sight on one line, 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const lang of ['en', 'ja']) {
    await page.goto(`/${lang}/statements/qscg-2023-12`);
    for (let n = 0; n < 9; n++) await page.keyboard.press('n');
    const line = await page.locator('.numbers').boundingBox();
    expect(line.y, 'at the top of the screen').toBe(0);
    expect(line.height, 'one line').toBeLessThan(48);
    await expect(counter(page)).toBeInViewport();
    const item = await page.locator('li[data-commitment]').nth(8).boundingBox();
    expect(item.y, 'the commitment is not below it').toBeGreaterThanOrEqual(line.height);
  }
});
