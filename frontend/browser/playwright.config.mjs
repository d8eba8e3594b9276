import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  workers: 2,
  fullyParallel: true, // nearly all tests stand in one file, which would get one worker
  // A walk that passes at the second attempt has found something.
  retries: 0,
  forbidOnly: true,
  // A busy machine stalls for seconds; how fast answers are is measured elsewhere.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.FOLLOWTHROUGH_URL,
    locale: 'en-GB',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        viewport: { width: 1280, height: 800 },
        launchOptions: {
          executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
          // No sandbox, because the gate may run as root; the rest keeps Chromium from talking to anybody else.
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
          ],
        },
      },
    },
  ],
});
