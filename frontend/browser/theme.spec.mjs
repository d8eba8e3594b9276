// What themes, paper and the colours of a reader's own choosing change, and what they leave.
import { test, expect } from './base.mjs';

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
