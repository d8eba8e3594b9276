// Marks in the words of a statement, as an analyst makes them, and what a correction of the text does to them.
import { expect } from './base.mjs';
import { test, signIn } from './desk.mjs';

const reader = '/en/statements/qscg-2023-12';

test.describe.configure({ mode: 'serial' });

/** Selects words of a paragraph, across marks and their numbers. */
async function select(page, where, words) {
  await page.locator(where).evaluate((p, words) => {
    const nodes = [];
    const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (n) => (n.parentElement.closest('sup') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    while (walk.nextNode()) nodes.push(walk.currentNode);
    const whole = nodes.map((n) => n.data).join('');
    const from = whole.indexOf(words);
    if (from < 0) throw new Error(`${words} is not in ${whole}`);
    const at = (offset, end) => {
      for (const n of nodes) {
        if (offset < n.data.length || (end && offset === n.data.length)) return [n, offset];
        offset -= n.data.length;
      }
      throw new Error('beyond the paragraph');
    };
    const range = document.createRange();
    range.setStart(...at(from, false));
    range.setEnd(...at(from + words.length, true));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }, words);
}

/** What stands under a mark, without the numbers. */
const marked = (page, code, lang) => page.locator(`p[lang=${lang}] mark[data-commitment~="${code}"]`).evaluateAll((all) => all.map((m) => m.textContent).join(''));

const paragraph = (page, ref, lang) =>
  page.locator(`#${ref} .wordings p[lang=${lang}]`).evaluate((p) => {
    const copy = p.cloneNode(true);
    for (const n of copy.querySelectorAll('sup')) n.remove();
    return copy.textContent;
  });

test('selected words become a commitment with M, and the partner is asked for', async ({ page }) => {
  await signIn(page, 'rao@example.org');
  await page.goto(reader);
  const english = (await paragraph(page, 'p6', 'en')).trim();
  const japanese = (await paragraph(page, 'p6', 'ja')).trim();
  const words = english.slice(30, 95).trim(), partner = japanese.slice(10, 30);
  await select(page, '#p6 .wordings p[lang=en]', words);
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/mark\?.*paragraph=p6/);
  await expect(page.locator('textarea[name$=".exact"]').first()).toHaveValue(words);
  await expect(page.getByText('Now select the same promise in the other language')).toBeVisible();

  await select(page, '[data-words][lang=ja]', partner);
  await page.keyboard.press('m');
  await expect(page.locator('textarea[name$=".exact"]').nth(1)).toHaveValue(partner);
  await expect(page.getByText('Now select the same promise in the other language')).toBeHidden();
  await expect(page.locator('[name=strength]')).toHaveValue(''); // no rule reads these words, so that nothing is preset
  await page.locator('[name=strength]').selectOption('discuss');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/#QSCG-2023-12-P06-\d+$/);
  const code = new URL(page.url()).hash.slice(1);
  expect(await marked(page, code, 'en')).toBe(words);
  expect(await marked(page, code, 'ja')).toBe(partner);
});

test.describe('an answer that refuses', () => {
test.use({ provoked: ['status of 422'] });
test('nothing selected, the button asks for the paragraph; the form works by typing alone', async ({ page }) => {
  await signIn(page, 'rao@example.org');
  await page.goto(reader);
  await page.getByRole('link', { name: 'Mark as commitment (M)' }).click();
  await page.getByRole('link', { name: 'Paragraph 1', exact: true }).click();
  const words = (await page.locator('[data-words][lang=en]').textContent()).trim().slice(0, 40).trim();
  await page.locator('textarea[name$=".exact"]').first().fill(words + 'x');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('does not stand in the paragraph');
  await page.locator('textarea[name$=".exact"]').first().fill(words);
  await page.locator('[name=strength]').selectOption('discuss');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/#QSCG-2023-12-P01-\d+$/);
});
});

test('a sentence put before the words leaves every mark on them; words that go are flagged and not moved', { tag: '@point-32' }, async ({ page }) => {
  await signIn(page, 'rao@example.org');
  await page.goto(reader);
  const codes = await page.locator('#p4 li[data-commitment]').evaluateAll((all) => all.map((e) => e.id));
  const before = await Promise.all(codes.map((c) => marked(page, c, 'en')));
  await page.getByRole('link', { name: 'Correct the text of paragraph 4' }).click();
  const was = await page.locator('textarea[name=text]').inputValue();
  await page.locator('textarea[name=text]').fill(`A sentence that was left out. ${was}`);
  await page.locator('[name="reason.en"]').fill('Left out when it was copied.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Corrected. The former wording is kept.')).toBeVisible();
  expect(await Promise.all(codes.map((c) => marked(page, c, 'en')))).toEqual(before);
  await expect(page.getByText('Edition 2 of the words')).toBeVisible();

  await page.getByRole('link', { name: 'Correct the text of paragraph 4' }).click();
  await page.locator('textarea[name=text]').fill(was.replace(before[0], 'Something else entirely'));
  await page.locator('[name="reason.en"]').fill('As the publisher has it.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('no longer in the text')).toBeVisible();
  expect(await marked(page, codes[0], 'en')).toBe('');
  await page.locator(`[id="${codes[0]}"]`).getByRole('link', { name: 'Mark anew' }).click();
  await expect(page.getByText('The words marked here are no longer in the paragraph')).toBeVisible();
  await select(page, '[data-words][lang=en]', 'Something else entirely');
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await marked(page, codes[0], 'en')).toBe('Something else entirely');
  await expect(page.getByText('no longer in the text')).toHaveCount(0);
});

test('what a correction took out and put in is seen without colour', { tag: '@point-34' }, async ({ page }) => {
  await page.goto(reader);
  await page.locator('a[href*="/compare?"]').first().click();
  await expect(page).toHaveURL(/\/compare\?/);
  for (const media of [{ forcedColors: 'active' }, { forcedColors: 'none', media: 'print' }]) {
    await page.emulateMedia(media);
    for (const [element, line] of [['del', 'line-through'], ['ins', 'underline']]) {
      const one = page.locator(`main ${element}`).filter({ visible: true }).first();
      await expect(one, element).toBeVisible();
      expect(await one.evaluate((e) => getComputedStyle(e).textDecorationLine), element).toContain(line);
      expect(await one.evaluate((e) => getComputedStyle(e, '::before').content), `${element} has a sign`).toMatch(/[−+]/);
    }
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('words are marked by typing them', { tag: '@point-3' }, async ({ page }) => {
    await signIn(page, 'rao@example.org');
    await page.goto(`${reader}/mark?paragraph=p2`);
    const words = (await page.locator('[data-words][lang=ja]').textContent()).trim().slice(0, 12);
    await page.locator('textarea[name$=".exact"]').nth(1).fill(words);
    await page.locator('[name=strength]').selectOption('undertake');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page).toHaveURL(/#QSCG-2023-12-P02-\d+$/);
    expect(await marked(page, new URL(page.url()).hash.slice(1), 'ja')).toBe(words);
  });
});
