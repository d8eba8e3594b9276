// How much a first view makes a reader load. Nothing from elsewhere and nothing against the content policy is asked of
// every test, in base.mjs.
import { test, expect } from './base.mjs';

const kilobyte = 1024;
const views = { '/en/': 40, '/ja/': 40, '/en/initiatives/QSCG-CYBER-CHALLENGE': 40, '/ja/initiatives/QSCG-CYBER-CHALLENGE': 40, '/en/matrix': 60, '/ja/matrix': 60, '/en/statements/qscg-2023-12': 40, '/ja/statements/qscg-2023-12': 40 };

for (const [path, html] of Object.entries(views)) {
  test(`${path} is light on the line`, { tag: '@point-37' }, async ({ page }, info) => {
    const requests = [];
    page.on('requestfinished', (r) => requests.push(r));
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const bytes = { document: 0, stylesheet: 0, script: 0, font: 0, image: 0 };
    for (const request of requests) {
      const { responseBodySize } = await request.sizes();
      bytes[request.resourceType()] = (bytes[request.resourceType()] ?? 0) + responseBodySize;
    }
    console.log(`${path}: ${requests.length} requests, ${JSON.stringify(bytes)}`);
    info.annotations.push({ type: 'bytes', description: JSON.stringify(bytes) });
    expect(requests.length, requests.map((r) => r.url()).join(' ')).toBeGreaterThan(1);
    expect(bytes.document, 'HTML').toBeGreaterThan(1000);
    expect(bytes.document, 'HTML').toBeLessThanOrEqual(html * kilobyte);
    expect(bytes.stylesheet, 'CSS').toBeLessThanOrEqual(16 * kilobyte);
    expect(bytes.script, 'JS').toBeLessThanOrEqual(20 * kilobyte);
    expect(bytes.font, 'fonts').toBe(0);
    expect(await page.locator('style, [style], script:not([src])').count(), 'inline').toBe(0);
    expect(requests.length, requests.map((r) => r.url()).join(' ')).toBeLessThanOrEqual(5);
  });
}
