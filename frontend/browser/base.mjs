// What every browser test stands on: a page that must stay at home and be quiet, and the rules of axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect } from '@playwright/test';

export { expect };

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// A test that proves several points of the acceptance table at one page names each step by its point. A point that fails
// does not keep the others from being looked at; the test fails with all of them at its end.
async function points({}, use) {
  const wrong = [];
  await use(async (number, promise, body) => {
    try {
      await base.step(`@point-${number} ${promise}`, body);
    } catch (e) {
      wrong.push(`point ${number}, ${promise}: ${e.message}`);
    }
  });
  if (wrong.length) throw new Error(wrong.join('\n\n'));
}

// Every test fails when its page calls another origin, writes an error to the console or breaks the content policy.
// A test that provokes an answer says so in `provoked`, as part of the line that Chromium writes about it.
export const test = base.extend({
  provoked: [[], { option: true }],
  point: points,
  page: async ({ page, baseURL, provoked }, use) => {
    const troubles = [];
    page.on('request', (r) => {
      if (/^(https?|wss?):/.test(r.url()) && new URL(r.url()).host !== new URL(baseURL).host) troubles.push(`request to ${r.url()}`);
    });
    page.on('console', (m) => m.type() === 'error' && !provoked.some((p) => m.text().includes(p)) && troubles.push(`console: ${m.text()}`));
    page.on('pageerror', (e) => troubles.push(`script error: ${e}`));
    await page.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (e) => console.error(`content policy: ${e.violatedDirective} ${e.blockedURI}`)),
    );
    await use(page);
    expect(troubles, 'other origins, console errors and content policy').toEqual([]);
  },
});

// An init script, because the content policy of the pages would refuse an added one.
export const bringAxe = (page) => page.addInitScript(axe);

/** What axe finds on the page as it is now, a line for each element. `without` leaves parts of the page out. */
export async function violations(page, { without, rules, preload = false } = {}) {
  const { violations } = await page.evaluate(
    ([without, rules, wcag, preload]) =>
      window.axe.run(without ? { exclude: [without].flat().map((part) => [part]) } : document, {
        runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: wcag },
        resultTypes: ['violations'],
        preload, // of the styles, which one rule about the orientation needs; theme.spec.mjs asks it
      }),
    [without, rules, wcag, preload],
  );
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary}`));
}
