// What the acceptance table asks of every page, asked of the pages of the people who keep the record.
import { expect, bringAxe } from './base.mjs';
import { bringChecks, overflow } from './checks.mjs';
import { test, signIn } from './desk.mjs';
import { asked, axeEverywhere, examine } from './examine.mjs';
import { keeping, langs, reading, visiting } from './pages.mjs';

/** Some pages ask for a passphrase of the last minutes, and some for more rights than an analyst has. */
async function enter(page, made, { path, reader }) {
  if (reader === 'publisher' || reader === 'administrator' || path.includes('factor')) return signIn(page, 'sato@example.org');
  await page.context().addCookies(made.analyst);
}

for (const lang of langs) {
  for (const one of keeping) {
    test(`/${lang}${one.path} keeps what the acceptance table asks of every page`, { tag: asked }, async ({ page, made, point }) => {
      test.slow();
      await enter(page, made, one);
      await bringAxe(page);
      await bringChecks(page);
      await examine(page, point, { lang, path: made.path(one.path) });
    });
  }

  for (const path of visiting.filter((p) => p.includes('{'))) {
    test(`/${lang}${path} keeps what the acceptance table asks of every page`, { tag: asked }, async ({ page, made, point }) => {
      test.slow();
      await bringAxe(page);
      await bringChecks(page);
      await examine(page, point, { lang, path: made.path(path) });
    });
  }

  test(`what signing in adds to the pages of reading in ${lang}, axe finds nothing in`, { tag: '@point-1' }, async ({ page, made, playwright, baseURL }) => {
    test.setTimeout(300_000);
    await bringAxe(page);
    const nobody = await playwright.request.newContext({ baseURL });
    const main = (html) => html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    // What stands around the content, without the addresses and the words to copy, which are other ones on each page.
    const frame = (html) =>
      (html.slice(html.indexOf('<body'), html.indexOf('<main')) + html.slice(html.indexOf('</main>')))
        .replace(/<input type="hidden"[^>]*>|<p class="citation">.*?<\/p>|<code>.*?<\/code>/gs, '')
        .replace(/ (href|action|aria-current|data-[a-z]+)="[^"]*"/g, '');
    const frames = new Set();
    await page.context().addCookies(made.analyst);
    for (const path of reading) {
      await test.step(path, async () => {
        const answer = await page.goto(`/${lang}${path}`);
        const html = await answer.text();
        expect(main(html), path).not.toBe('');
        // The content that everybody sees was looked at already, and so was a frame that another page had.
        const without = [];
        if (main(html) === main(await (await nobody.get(`/${lang}${path}`)).text())) without.push('main');
        if (frames.has(frame(html))) without.push('body > :not(main)');
        frames.add(frame(html));
        if (without.length < 2) expect(await axeEverywhere(page, { without }), path).toEqual([]);
        await page.setViewportSize({ width: 320, height: 256 });
        expect(await overflow(page), path).toEqual([]);
      });
    }
    expect(frames.size, 'the frame of some pages was looked at').toBeGreaterThan(0);
    await nobody.dispose();
  });
}
