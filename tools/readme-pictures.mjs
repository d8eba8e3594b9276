// Takes the pictures of the README from the running product: a fresh Quad record, an analyst who has opened the round of
// one meeting, and the list in docs/pictures/pictures.json.
//   node tools/readme-pictures.mjs [NAME ...]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, start } from '../frontend/browser/program.mjs';
import { smaller } from './png.mjs';

// Playwright is installed with the browser tests only.
const { chromium } = createRequire(new URL('../frontend/browser/package.json', import.meta.url))('@playwright/test');

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const list = JSON.parse(readFileSync(join(folder, 'pictures.json'), 'utf8'));
const names = process.argv.slice(2);
const unknown = names.filter((n) => !list.some((p) => p.name === n));
if (unknown.length) {
  console.error(`readme-pictures: not in docs/pictures/pictures.json: ${unknown.join(', ')}`);
  process.exit(2);
}

const width = 1280;
const largest = 200 * 1024; // a README that loads slowly is not read
const email = 'rao@example.org';
const passphrase = 'correct horse battery staple';

const data = mkdtempSync(join(tmpdir(), 'followthrough-pictures-'));
let server, browser;
try {
  run(['user', 'add', '--data', data, '--email', email, '--name', 'A. Rao', '--role', 'analyst'], passphrase);
  server = await start('serve', '--data', data, '--log', 'error');
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--font-render-hinting=none', '--disable-lcd-text'],
  });
  for (const picture of list) {
    if (!names.length || names.includes(picture.name)) await take(picture);
  }
} finally {
  await browser?.close();
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
}

/** Takes one picture. Each has a browser of its own, so that none depends on those before it. */
async function take({ name, path, height, theme = 'light', as, print }) {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height },
    deviceScaleFactor: 1,
    colorScheme: theme,
    locale: path.startsWith('/ja/') ? 'ja-JP' : 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (as === 'analyst') await openRound(page);
  if (print) await page.emulateMedia({ media: 'print', colorScheme: theme });
  const answer = await page.goto(path, { waitUntil: 'load' }); // a page of the desk listens for as long as it stands open
  if (answer.status() === 404) {
    console.log(`${name}.png  skipped: there is no page at ${path}`);
    await context.close();
    return;
  }
  if (!answer.ok()) throw new Error(`${name}: ${path} answers ${answer.status()}`);
  await page.evaluate(() => document.fonts.ready);
  if (!path.includes('#')) await page.evaluate(() => scrollTo(0, 0)); // a page of the desk begins at its form
  const png = smaller(await still(page));
  if (png.length > largest) throw new Error(`${name}.png has ${png.length} bytes; want at most ${largest}`);
  writeFileSync(join(folder, `${name}.png`), png);
  console.log(`${name}.png  ${Math.round(png.length / 1024)} KB`);
  await context.close();
}

/** The page once it has come to rest: when two shots in a row are the same. */
async function still(page) {
  let last = Buffer.alloc(0);
  for (let shots = 0; shots < 20; shots++) {
    const shot = await page.screenshot({ caret: 'hide', animations: 'disabled' });
    if (shot.equals(last)) return shot;
    last = shot;
    await page.waitForTimeout(300);
  }
  throw new Error(`${page.url()} does not come to rest`);
}

/** Signs in and opens the round of the meeting of December 2023, unless it is open. */
async function openRound(page) {
  await page.goto('/en/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=passphrase]', passphrase);
  await Promise.all([page.waitForURL('**/en/'), page.press('[name=passphrase]', 'Enter')]);
  await page.goto('/en/rounds');
  const open = page.locator('tr', { hasText: '5–6 December 2023' }).getByRole('button');
  if (await open.count()) await Promise.all([page.waitForURL('**/rounds/qscg-2023-12'), open.first().click()]);
}
