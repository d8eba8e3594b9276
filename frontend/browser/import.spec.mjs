// A statement is brought in from paste to publication: by keyboard, and without scripts.
import { readFileSync } from 'node:fs';
import { expect, bringAxe, violations } from './base.mjs';
import { test, signIn } from './desk.mjs';

const tokyo = readFileSync(new URL('../../seed/data/qscg-2023-12-bilingual.txt', import.meta.url), 'utf8');

test.describe.configure({ mode: 'serial' });

/** Fills the first step in: the text, and a meeting that is made with it. */
async function paste(page, text, meeting, day) {
  await page.goto('/en/import');
  await page.fill('[name="texts.0.body"]', text);
  await page.selectOption('[name=forum]', 'qscg');
  await page.selectOption('[name=meeting]', '+');
  const made = page.locator('#field-new_meeting');
  if (!(await made.evaluate((d) => d.open))) await made.locator('summary').click();
  await page.fill('[name="new_meeting.ref"]', meeting);
  await page.fill('[name="new_meeting.starts_on"]', day);
  await page.fill('[name="new_meeting.city.en"]', 'Canberra');
  await page.selectOption('[name="new_meeting.country"]', 'AU');
  await page.getByRole('button', { name: 'Read the text' }).click();
  await page.waitForURL(/\/import\/\d+\/source/);
}

/** Selects words of a paragraph, as a person does with a pointer or with caret browsing. */
const select = (page, lang, words) =>
  page.evaluate(
    ([lang, words]) => {
      for (const p of document.querySelectorAll(`p[data-lang=${lang}]`)) {
        const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        for (let t = walk.nextNode(); t; t = walk.nextNode()) {
          const at = t.textContent.indexOf(words);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(t, at);
          range.setEnd(t, at + words.length);
          document.activeElement?.blur();
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return;
        }
      }
      throw new Error(`no paragraph has ${words}`);
    },
    [lang, words],
  );

test('the Tokyo statement goes from paste to publication by keyboard, and axe finds nothing on any step', { tag: ['@point-1', '@point-31'] }, async ({ page }) => {
  test.setTimeout(240_000);
  await bringAxe(page);
  await signIn(page, 'rao@example.org');
  const text = tokyo.replaceAll('Tokyo', 'Canberra').replaceAll('東京', 'キャンベラ');
  await paste(page, text, 'qscg-2024-06', '2024-06-11');
  const id = page.url().match(/import\/(\d+)/)[1];
  await expect(page.getByText('8 paragraphs').first()).toBeVisible();

  await page.goto(`/en/import/${id}/align`);
  const shown = await page.locator('#row-3 p[data-lang=ja]').textContent();
  expect(text, 'the words on the page are those of the text').toContain(shown);
  const rows = await page.locator('li[data-row]').count();
  await select(page, 'en', 'Quad countries are among');
  await page.keyboard.press('s');
  await expect(page.locator('li[data-row]')).toHaveCount(rows + 1);
  await expect(page.locator('#row-3')).toBeFocused();
  await expect(page.getByText('Last step: Split')).toBeVisible();
  await page.waitForLoadState(); // the words are there before the script that hears keys
  await page.keyboard.press('j');
  await expect(page.locator('#row-4')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('li[data-row]')).toHaveCount(rows);
  await page.waitForLoadState(); // the words are there before the script that hears keys
  await page.keyboard.press('u');
  await expect(page.getByText('Last step: Split')).toBeVisible();
  await page.waitForLoadState(); // the words are there before the script that hears keys
  await page.keyboard.press('u');
  await expect(page.getByText('No step to undo.')).toBeVisible();
  await page.locator('#row-3 p[data-lang=en]').click();
  await page.locator('.split-here').click();
  await expect(page.locator('li[data-row]')).toHaveCount(rows + 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('li[data-row]')).toHaveCount(rows);
  await page.getByRole('button', { name: 'Looks right for all' }).press('Enter');
  await expect(page.getByText('Last step: Looks right for all')).toBeVisible();

  await page.goto(`/en/import/${id}/mark`);
  await expect(page.locator('import-marks')).toBeVisible();
  const suggested = await page.locator('li[data-state=suggested]').count();
  for (let left = suggested; left > 0; left--) {
    const here = page.locator('li[data-state=suggested]').first();
    await here.focus();
    await page.keyboard.press('x');
    await expect(page.locator('li[data-state=suggested]')).toHaveCount(left - 1);
  }
  await select(page, 'en', 'reaffirmed the application of international law to cyberspace');
  await page.keyboard.press('m');
  await expect(page.locator('#add textarea[lang=en]')).toBeFocused();
  await select(page, 'ja', 'サイバー空間への国際法の適用を再確認し');
  await page.keyboard.press('m');
  await expect(page.locator('#add textarea[lang=ja]')).toHaveValue('サイバー空間への国際法の適用を再確認し');
  await page.selectOption('#add [name=strength]', 'reaffirm');
  await page.getByRole('button', { name: 'Mark these words' }).press('Enter');
  await expect(page.locator('li[data-state=accepted]')).toHaveCount(1);
  await page.keyboard.press('n');
  await page.keyboard.press('e');
  await expect(page.locator('.mark-form [name=verb]')).toBeVisible();
  await page.fill('.mark-form [name=verb]', 'reaffirmed');
  await page.getByRole('button', { name: 'Take the selected words' }).click();
  await expect(page.getByText('Nothing is selected.')).toBeVisible();
  await select(page, 'en', 'the application of international law to cyberspace');
  await page.getByRole('button', { name: 'Take the selected words' }).click();
  await expect(page.locator('.mark-form textarea[lang=en]')).toHaveValue('the application of international law to cyberspace');
  await select(page, 'en', 'reaffirmed the application of international law to cyberspace');
  await page.keyboard.press('m');
  await expect(page.locator('.mark-form textarea[lang=en]')).toHaveValue('reaffirmed the application of international law to cyberspace');
  await page.getByRole('button', { name: 'Save the mark' }).press('Enter');
  await expect(page.getByText('reaffirmed', { exact: true }).first()).toBeVisible();

  await page.goto(`/en/import/${id}/match`);
  await expect(page.getByText(/Preselected because the wording is \d+ % alike/)).toHaveCount(2);
  await page.locator('input[value="continue QSCG-INTL-LAW"]').focus();
  await page.keyboard.press('Space');
  const earlier = page.locator('input[name^="earlier."][value="QSCG-2023-12-P03-1"]');
  await expect(earlier, 'what repeats an earlier commitment is preselected').toBeChecked();
  await earlier.focus();
  await page.keyboard.press('Space');
  await expect(earlier).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(page.locator('input[name=follows][value=earlier]')).toBeChecked();

  for (const [lang, colorScheme, width] of [['en', 'light', 1280], ['ja', 'dark', 360]]) {
    const other = await page.context().newPage();
    await bringAxe(other);
    await other.emulateMedia({ colorScheme });
    await other.setViewportSize({ width, height: 800 });
    for (const step of ['/import', `/import/${id}/source`, `/import/${id}/align`, `/import/${id}/mark`, `/import/${id}/match`, `/import/${id}/check`]) {
      await other.goto(`/${lang}${step}`);
      expect(await violations(other), `${lang}${step}`).toEqual([]);
      await other.setViewportSize({ width: 320, height: 800 });
      expect(await other.evaluate(() => document.documentElement.scrollWidth), step).toBeLessThanOrEqual(320);
      await other.setViewportSize({ width, height: 800 });
    }
    await other.close();
  }

  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/check/);
  await page.getByLabel('Publish this text although the record already holds it').press('Space');
  await page.getByRole('button', { name: 'Publish' }).press('Enter');
  await page.waitForURL('**/en/statements/qscg-2024-06');
  await expect(page.getByText('The statement is published.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Start the round of the meeting' })).toBeVisible();
  await expect(page.getByText('QSCG-2024-06-P03-1', { exact: true })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('two pasted texts become a statement', { tag: '@point-3' }, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, 'sato@example.org');
    await paste(page, 'Joint Statement\n\nWe met in Canberra to review our work.\n\nWe will publish a list of 12 labels by 2026. We welcome the progress.', 'qscg-2025-02', '2025-02-03');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.locator('li[data-row]', { hasText: 'We will publish' }).locator('summary').click();
    await page.getByRole('button', { name: /Split before.*We welcome/ }).click();
    await expect(page.getByText('Last step: Split')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('The last step was undone.')).toBeVisible();
    await page.getByRole('link', { name: 'Go on: Marks' }).click();
    const rest = page.getByRole('button', { name: 'Reject all that are left' });
    if (await rest.count()) await rest.click();
    await page.locator('section.paragraph', { hasText: 'We will publish' }).getByRole('link', { name: 'Mark words of this paragraph' }).click();
    await page.fill('#add textarea[lang=en]', 'will publish a list of 12 labels by 2026');
    await page.getByRole('button', { name: 'Mark these words' }).click();
    await page.getByRole('link', { name: 'Go on: Matching' }).click();
    await page.locator('input[name=choice][value=none]').check();
    await page.locator('input[name=follows][value=new]').check();
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForURL('**/en/statements/qscg-2025-02');
    await expect(page.getByText('QSCG-2025-02-P02-1', { exact: true })).toBeVisible();
  });
});
