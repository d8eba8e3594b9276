// What the acceptance table asks of every page, in the order that opens the page once and changes what it stands in.
import { expect, violations } from './base.mjs';
import * as checks from './checks.mjs';

/** The points that examine proves, as tags. */
export const asked = [1, 2, 4, 5, 6, 16, 19, 20, 21, 22, 40].map((n) => `@point-${n}`);

const widths = [1280, 360];
// The theme changes colours alone, which theme.spec.mjs proves; so in the dark axe needs only its rules about colours.
const ofColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds in both themes at both widths. */
export async function axeEverywhere(page, options = {}) {
  const found = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const all = await violations(page, { ...options, ...(colorScheme === 'dark' && { rules: ofColour }) });
      found.push(...all.map((v) => `${colorScheme}, ${width} px: ${v}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

export async function examine(page, point, { lang, path, without }) {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
  const answer = await page.goto(`/${lang}${path}`);
  expect(answer.status(), path).toBe(200);
  expect(new URL(page.url()).pathname, 'no redirect').toBe(`/${lang}${path}`.split('?')[0]);

  await point(2, 'one heading, landmarks with names, and a first stop that leads to the content', async () => {
    expect(await checks.landmarks(page, { part: path.endsWith('/embed') })).toEqual([]);
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    await expect(skip).toHaveAttribute('href', /#main$/);
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.locator('main#main')).toBeFocused();
  });
  await point(6, 'every status has its glyph and its word', async () => expect(await checks.statuses(page, lang)).toEqual([]));
  await point(16, 'every run of the other language says so, and the languages lead to each other', async () => expect(await checks.languages(page, lang)).toEqual([]));
  await point(19, 'no text under 14 px, Japanese lines at 1.7', async () => expect(await checks.type(page)).toEqual([]));
  await point(40, 'nothing moves for those who asked for less of it', async () => expect(await checks.motion(page)).toEqual([]));

  await point(40, 'every status is seen on paper and in forced colours', async () => {
    const before = await checks.seenStatuses(page);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await checks.seenStatuses(page), 'forced colours').toEqual(before);
    await page.emulateMedia({ forcedColors: 'none', media: 'print' });
    const onPaper = await checks.seenStatuses(page);
    for (const [status, times] of Object.entries(before)) expect(onPaper[status] ?? 0, `${status} on paper`).toBeGreaterThanOrEqual(times);
    await page.emulateMedia({ media: null });
  });

  await point(21, 'wide spacing cuts nothing off and lays nothing over other text', async () => {
    await checks.readerStyle(page, checks.spacing);
    expect(await checks.collisions(page)).toEqual([]);
    expect(await checks.overflow(page)).toEqual([]);
  });
  await checks.readerStyle(page, '');
  await point(21, 'text of double size cuts nothing off and lays nothing over other text', async () => {
    await checks.textSize(page, 2);
    expect(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), 'the size of the text').toBe(32);
    expect(await checks.collisions(page)).toEqual([]);
    expect(await checks.overflow(page)).toEqual([]);
  });
  await checks.textSize(page, 1);

  const found = await axeEverywhere(page, { without });
  const small = (v) => v.includes(': target-size at ');
  await point(1, 'axe finds nothing, in both themes at both widths', async () => expect(found.filter((v) => !small(v))).toEqual([]));
  await point(22, 'targets are 24 px or stand apart', async () => expect(found.filter(small)).toEqual([]));
  await point(22, 'primary controls are 44 px high', async () => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await checks.primary(page), `${width} px`).toEqual([]);
    }
  });
  // What is folded away keeps the width it was measured at, so the page is opened anew.
  await page.goto(`/${lang}${path}`);
  await point(20, 'nothing is wider than its window, down to 320 px, which is 1280 px at 400 %', async () => {
    for (const [width, height] of [[1280, 800], [768, 1024], [360, 800], [320, 256]]) {
      await page.setViewportSize({ width, height });
      expect(await checks.overflow(page), `${width} px`).toEqual([]);
    }
  });

  if (lang !== 'en') return; // the pages of both languages have the same stops
  await page.setViewportSize({ width: 1280, height: 800 });
  const tab = await checks.tabbing(page);
  await point(4, 'Tab stops at everything, in the order of the page', async () => {
    expect(tab.stops).toBeGreaterThan(10);
    expect(tab.order).toEqual([]);
    expect(tab.reordered).toEqual([]);
  });
  await point(5, 'the ring is seen at every stop and nothing covers what has it', async () => {
    expect(tab.ring).toEqual([]);
    expect(tab.covered).toEqual([]);
  });
}
