// Takes a screenshot of each path of a running server.
//   node tools/pictures.mjs [--lang en|ja] [--theme light|dark] [--width N] [--full] URL OUTDIR [PATH ...]
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Playwright is installed with the browser tests only.
const { chromium } = createRequire(new URL('../frontend/browser/package.json', import.meta.url))('@playwright/test');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string', default: 'en' },
    theme: { type: 'string', default: 'light' },
    width: { type: 'string', default: '1280' },
    full: { type: 'boolean', default: false },
  },
});
const [url, out, ...paths] = positionals;
const { lang, theme, full } = values;
const width = Number(values.width);
if (!out || !['en', 'ja'].includes(lang) || !['light', 'dark'].includes(theme) || !(width > 0)) {
  console.error('usage: pictures.mjs [--lang en|ja] [--theme light|dark] [--width N] [--full] URL OUTDIR [PATH ...]');
  process.exit(2);
}

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
try {
  const page = await browser.newPage({
    viewport: { width, height: 800 },
    colorScheme: theme,
    locale: lang === 'ja' ? 'ja-JP' : 'en-GB',
    reducedMotion: 'reduce',
  });
  for (const path of paths.length ? paths : ['/']) {
    const answer = await page.goto(new URL(`/${lang}/${path.replace(/^\/+/, '')}`, url).href, { waitUntil: 'networkidle' });
    if (!answer.ok()) {
      console.error(`${path}: status ${answer.status()}`);
      process.exitCode = 1;
    }
    const name = path.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'overview';
    const file = join(out, `${name}.${lang}.${theme}.${width}.png`);
    await page.screenshot({ path: file, fullPage: full });
    console.log(file);
  }
} finally {
  await browser.close();
}
