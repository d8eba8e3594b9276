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
});

export async function signIn(page, email, lang = 'en') {
  await page.goto(`/${lang}/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=passphrase]', passphrase);
  await Promise.all([page.waitForURL(`**/${lang}/`), page.press('[name=passphrase]', 'Enter')]);
}
