// A program of its own for the tests of the people who keep the record, so that no other test sees what is changed.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from './base.mjs';

const program = new URL('../../build/followthrough', import.meta.url).pathname;
export const passphrase = 'correct horse battery staple';

// Each worker has a program with a publisher and an analyst, so that no other test sees what is changed.
export const test = base.extend({
  desk: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'followthrough-desk-'));
      for (const [email, name, role] of [['sato@example.org', 'K. Sato', 'administrator'], ['rao@example.org', 'A. Rao', 'analyst']]) {
        execFileSync(program, ['user', 'add', '--data', data, '--email', email, '--name', name, '--role', role], { input: passphrase });
      }
      const server = spawn(program, ['serve', '--addr', '127.0.0.1:0', '--data', data, '--log', 'error']);
      const url = await new Promise((found, failed) => {
        let out = '';
        server.stdout.on('data', (b) => {
          out += b;
          const at = out.match(/http:\/\/127\.0\.0\.1:\d+/);
          if (at) found(at[0]);
        });
        server.on('exit', () => failed(new Error(`the program ended: ${out}`)));
      });
      await use(url);
      server.removeAllListeners('exit');
      server.kill('SIGTERM');
      await new Promise((ended) => server.on('exit', ended));
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
