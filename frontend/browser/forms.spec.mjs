// Forms that are refused, and forms that are sent twice.
import { expect } from './base.mjs';
import { test, signIn } from './desk.mjs';

// What makes the form of a page wrong, and where its faults are shown. The words come back as they were typed.
const forms = {
  '/initiatives/QSCG-INTL-LAW/update': { lacks: ['input[name=status][value=stalled]'], words: '[name="note.en"]' },
  '/initiatives/new': { words: '[name="title.en"]' },
  '/meetings/new': { words: '[name="city.en"]' },
  '/delegates/new': { words: '[name="name.en"]' },
  '/topics/new': { words: '[name="name.en"]' },
  '/forums/new': { words: '[name="name.en"]' },
  '/countries/new': { words: '[name="name.en"]' },
  '/statements/qscg-2023-12/mark?paragraph=p4': { words: '[name$=".exact"] >> nth=0' },
  '/admin/users': { words: '[name=email]' },
};
const typed = 'Words “as typed” 日本語 <b>&amp;';

test.describe(() => {
  test.use({ provoked: ['status of 422', 'status of 400'] });
  for (const lang of ['en', 'ja']) {
    for (const [path, { lacks = [], words }] of Object.entries(forms)) {
      test(`a refused form keeps what was typed and leads to its faults, /${lang}${path}`, { tag: '@point-30' }, async ({ page }) => {
        await signIn(page, 'sato@example.org', lang);
        await page.goto(`/${lang}${path}`);
        for (const one of lacks) await page.locator(one).check();
        const field = page.locator(words);
        await field.fill(typed);
        const form = page.locator('form', { has: field });
        expect(await form.getAttribute('novalidate'), 'the server says what is wrong').not.toBeNull();
        await form.evaluate((f) => f.requestSubmit(f.querySelector('.primary, [type=submit]')));
        const summary = page.locator('#error-summary');
        await expect(summary).toBeVisible();
        await expect(summary).toBeFocused();
        await expect(page).toHaveTitle(lang === 'ja' ? /^エラー：/ : /^Error: /);
        await expect(page.locator(words)).toHaveValue(typed);
        const links = summary.locator('a');
        expect(await links.count()).toBeGreaterThan(0);
        for (const link of await links.all()) {
          const target = page.locator(`[id="${(await link.getAttribute('href')).slice(1)}"]`);
          await expect(target).toHaveCount(1);
          const message = await target.evaluate((e) => {
            const described = (e.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
            return described.join('') + [...(e.closest('fieldset, .field, section') ?? e).querySelectorAll('.field-error')].map((one) => one.textContent).join('');
          });
          expect(message.trim(), 'the message stands at the field too').not.toBe('');
        }
        const described = await page.locator('[aria-invalid=true]').evaluateAll((all) => all.map((e) => (e.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('')));
        expect(described.filter((d) => !d.trim()), 'fields that say that they are wrong, and why').toEqual([]);
      });
    }
  }
});

test('a double click changes once, and coming back to send again changes nothing', { tag: '@point-28' }, async ({ page, request }) => {
  await signIn(page, 'rao@example.org');
  const count = async () => (await (await request.get('/initiatives/QSCG-IOT-MUTUAL-RECOGNITION.json')).json()).item.updates.length;
  const before = await count();
  await page.goto('/en/initiatives/QSCG-IOT-MUTUAL-RECOGNITION/update');
  const sent = page.waitForRequest((r) => r.method() === 'POST');
  await page.getByRole('radio', { name: /Under way/ }).check();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Save the update' }).dblclick();
  await expect(page.getByText('Saved: Under way')).toBeVisible();
  expect(await count()).toBe(before + 1);
  await page.reload();
  expect(await count(), 'after reading the page again').toBe(before + 1);
  // A browser that shows the form as it was left sends the same words under the same key.
  const first = await sent;
  const again = await page.evaluate(
    async ([url, body, type]) => (await fetch(url, { method: 'POST', body, headers: { 'content-type': type }, redirect: 'manual' })).type,
    [first.url(), first.postData(), first.headers()['content-type']],
  );
  expect(again, 'the answer leads to the page, as the first did').toBe('opaqueredirect');
  expect(await count(), 'after it was sent again').toBe(before + 1);
  await page.goBack();
  await expect(page.getByRole('radio', { name: /Under way/ }), 'going back shows what was saved').toBeChecked();
});
