// What themes, paper and the colours of a reader's own choosing change, and what they leave.
import { test, expect, bringAxe, violations } from './base.mjs';

test('the dark theme changes colours alone', { tag: ['@point-1', '@point-40'] }, async ({ page }) => {
  await page.goto('/en/');
  const rules = await page.evaluate(() =>
    [...document.styleSheets].flatMap((sheet) =>
      [...sheet.cssRules]
        .filter((rule) => rule.media?.mediaText.includes('prefers-color-scheme'))
        .flatMap((rule) => [...rule.cssRules])
        .map((rule) => ({ selector: rule.selectorText, set: [...rule.style], colours: [...rule.style].every((name) => CSS.supports('color', rule.style.getPropertyValue(name).trim())) })),
    ),
  );
  expect(rules.length).toBeGreaterThan(0);
  for (const { selector, set, colours } of rules) {
    expect(set.filter((name) => !name.startsWith('--')), selector).toEqual([]);
    expect(colours, `${selector} sets colours and nothing else`).toBe(true);
  }
});

test('no style holds a page to one orientation', { tag: '@point-1' }, async ({ page }) => {
  await bringAxe(page);
  for (const path of ['/en/', '/en/briefings/new']) { // together they load every style of readers
    await page.goto(path);
    expect(await violations(page, { rules: ['css-orientation-lock'], preload: true }), path).toEqual([]);
  }
});

test('paper is light in the dark theme, names its day and address, and has no tools on it', { tag: '@point-40' }, async ({ page }) => {
  for (const path of ['/en/', '/en/matrix', '/en/topics/digital-infrastructure', '/en/initiatives/QSCG-CABLE-PARTNERSHIP']) {
    await page.goto(path);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    const tokens = () => page.evaluate(() => ['--page', '--ink', '--under-tint'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name)));
    const light = await tokens();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await tokens(), path).toEqual(light);
    const printed = page.locator('.printed');
    await expect(printed, path).toBeVisible();
    await expect(printed).toContainText(/\d{4}/);
    await expect(printed).toContainText(new URL(path, page.url()).href);
    const tools = page.locator('main :is(button, .button, input, select, .cite, .embed-tool, .chart-data)').filter({ visible: true });
    expect(await tools.evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 80))), path).toEqual([]);
  }
});

test('on grey paper the parts of a chart have patterns of their own', { tag: '@point-8' }, async ({ page }) => {
  await page.goto('/en/');
  await page.emulateMedia({ media: 'print' });
  const fills = await page.locator('main svg [class*="solid-"]').evaluateAll((parts) =>
    Object.fromEntries(
      parts.map((part) => {
        const look = getComputedStyle(part);
        return [part.getAttribute('class').match(/solid-(\w+)/)[1], [look.fill, look.strokeDasharray].join(' ')];
      }),
    ),
  );
  const looks = Object.values(fills);
  expect(looks.length, JSON.stringify(fills)).toBeGreaterThan(3);
  expect(new Set(looks).size, JSON.stringify(fills)).toBe(looks.length);
  // Colours alone are not told apart on grey paper: at most one status may be filled with ink, and one be left empty.
  expect(looks.filter((look) => !look.includes('url(')).length, JSON.stringify(fills)).toBeLessThanOrEqual(3);
});
