// A program of its own for the tests of the people who keep the record, so that no other test sees what is changed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from './base.mjs';
import { run, start } from './program.mjs';

export const passphrase = 'correct horse battery staple';

// Each worker has a program with a publisher and an analyst, so that no other test sees what is changed.
export const test = base.extend({
  desk: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'followthrough-desk-'));
      for (const [email, name, role] of [['sato@example.org', 'K. Sato', 'administrator'], ['rao@example.org', 'A. Rao', 'analyst']]) {
        run(['user', 'add', '--data', data, '--email', email, '--name', name, '--role', role], passphrase);
      }
      const { url, stop } = await start('serve', '--data', data, '--log', 'error');
      await use(url);
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ desk }, use) => use(desk),
  // What pages need to be there: a round, a draft of a statement and an invitation; and the sessions of both people.
  made: [
    async ({ desk, browser }, use) => {
      const context = await browser.newContext({ baseURL: desk, locale: 'en-GB' });
      const page = await context.newPage();
      await signIn(page, 'rao@example.org');
      await page.goto('/en/import');
      await page.fill('[name="texts.0.body"]', 'Joint Statement\n\nWe met in Tokyo.\n\nWe will publish a list of 12 labels by 2026. We welcome the progress.');
      await page.selectOption('[name=forum]', 'qscg');
      await page.selectOption('[name=meeting]', 'qscg-2023-01');
      await page.getByRole('button', { name: 'Read the text' }).click();
      await page.waitForURL(/\/import\/\d+\/source/);
      const draft = page.url().match(/import\/(\d+)/)[1];
      const analyst = await context.cookies();
      await context.clearCookies();
      await signIn(page, 'sato@example.org');
      await startRound(page);
      await page.goto('/en/admin/users');
      await page.fill('[name=email]', 'brown@example.org');
      await page.fill('[name=name]', 'A. Brown');
      await page.locator('[name=email]').press('Enter');
      const invitation = (await page.locator('body').textContent()).match(/invitations\/([0-9A-Za-z]{32})/)[1];
      await context.close();
      await use({ analyst, path: (path) => path.replace('{draft}', draft).replace('{invitation}', invitation) });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Opens the round of December 2023, which another test on the same program may have started. */
export async function startRound(page) {
  await page.goto('/en/rounds');
  const start = page.locator('tr', { hasText: '5–6 December 2023' }).getByRole('button');
  if (await start.count()) await start.click();
  else await page.goto('/en/rounds/qscg-2023-12');
  await page.waitForURL(/\/rounds\/qscg-2023-12/);
}

// The sessions of the last minutes, by account. A worker has one program, which takes thirty sign-ins from one address in ten
// minutes, and asks for the passphrase anew before some pages when it is older.
const sessions = new Map();
const fresh = 5 * 60_000; // ms

export async function signIn(page, email, lang = 'en') {
  const kept = sessions.get(email);
  if (kept && Date.now() - kept.at < fresh) {
    await page.context().addCookies(kept.cookies);
    await page.goto(`/${lang}/`);
    if (await page.locator('nav.own a[href$="/account"]').count()) return;
    await page.context().clearCookies(); // a test ended it
  }
  await page.goto(`/${lang}/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=passphrase]', passphrase);
  await Promise.all([page.waitForURL(`**/${lang}/`), page.press('[name=passphrase]', 'Enter')]);
  sessions.set(email, { at: Date.now(), cookies: await page.context().cookies() });
}
