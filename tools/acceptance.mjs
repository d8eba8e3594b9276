// Prints the acceptance table: what the tests of this run prove of each point of frontend/browser/acceptance.mjs.
//   node tools/acceptance.mjs [--chosen] PART...
// PART is what ran: unit, browser. --chosen says that somebody chose some of the browser tests, so that the others may be
// missing. It ends with 1 when a point is not proven, and writes the table to build/acceptance.txt.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { points } from '../frontend/browser/acceptance.mjs';

const parts = process.argv.slice(2);
const chosen = parts.includes('--chosen');
const build = new URL('../build/', import.meta.url);

/** Results of the browser tests by point: a step that names a point stands for itself, else the test stands for its tags. */
function browserResults(report) {
  const all = [];
  const suites = [...report.suites];
  for (const suite of suites) {
    suites.push(...(suite.suites ?? []));
    for (const spec of suite.specs ?? []) {
      const tagged = (spec.tags ?? []).map((t) => t.match(/^@?point-(\d+)$/)?.[1]).filter(Boolean).map(Number);
      for (const test of spec.tests) {
        const last = test.results.at(-1);
        const passed = test.status === 'expected';
        const steps = (last?.steps ?? []).flatMap((step) => {
          const [, n, title] = step.title.match(/^@point-(\d+) (.*)$/) ?? [];
          return n ? [{ point: Number(n), title: `${spec.file}: ${spec.title}: ${title}`, passed: !step.error }] : [];
        });
        // A test that broke between its steps proves nothing by them.
        const broken = !passed && steps.every((s) => s.passed);
        all.push(...steps.map((s) => ({ ...s, passed: s.passed && !broken })));
        for (const point of tagged) {
          if (!steps.some((s) => s.point === point)) {
            if (steps.length > 0 && passed) continue; // it has steps for its points, and none here for this one
            all.push({ point, title: `${spec.file}: ${spec.title}`, passed: passed });
          }
        }
      }
    }
  }
  return all;
}

/** Results of go test -v by package and name. */
function goResults(log) {
  const all = new Map();
  let open = {};
  for (const line of log.split('\n')) {
    const [, result, name] = line.match(/^--- (PASS|FAIL|SKIP): (\S+)/) ?? [];
    if (name) open[name] = result;
    const [, of] = line.match(/^(?:ok|FAIL)\s+\S+?\/followthrough\/followthrough\/?(\S*)/) ?? [];
    if (of === undefined) continue;
    for (const [test, how] of Object.entries(open)) all.set(`${of} ${test}`, how === 'PASS');
    open = {};
  }
  return all;
}

const read = (part, file, parse) => {
  const at = new URL(file, build);
  return parts.includes(part) && existsSync(at) ? parse(readFileSync(at, 'utf8')) : null;
};
const browser = read('browser', 'browser.json', (text) => browserResults(JSON.parse(text)));
const go = read('unit', 'unit.log', goResults);

const faults = [];
const count = { passed: 0, failed: 0, waiting: 0, 'not run here': 0 };
const lines = points.map((p) => {
  const wrong = [];
  let absent = 0;
  const ran = browser?.filter((r) => r.point === p.number) ?? [];
  for (const r of ran) if (!r.passed) wrong.push(r.title);
  for (const name of p.browser ?? []) {
    if (ran.some((r) => r.title.startsWith(name) || r.title.replace(/^([^:]+): .*: /, '$1: ').startsWith(name))) continue;
    if (browser && !chosen) wrong.push(`${name}: there is no such test with @point-${p.number}`);
    else absent++;
  }
  for (const name of p.go ?? []) {
    if (go?.has(name)) go.get(name) || wrong.push(name);
    else if (go) wrong.push(`${name}: did not run`);
    else absent++;
  }
  const proofs = (p.browser ?? []).length + (p.go ?? []).length;
  if (proofs === 0 && !p.waits && !p.looked) wrong.push('nothing proves it');
  const named = new Set(p.browser ?? []);
  if (ran.length > 0 && named.size === 0 && !p.waits) wrong.push('browser tests have its tag and the register names none of them');

  const state = wrong.length > 0 ? 'failed' : p.waits ? 'waiting' : absent > 0 ? 'not run here' : 'passed';
  count[state]++;
  faults.push(...wrong.map((w) => `point ${p.number}: ${w}`));
  const by = [
    ran.length > 0 && `${ran.length} in the browser`,
    go && (p.go ?? []).length > 0 && `${p.go.length} in Go`,
    p.looked && 'looked at by a person',
  ].filter(Boolean);
  const why = p.waits ? `: ${p.waits}` : by.length > 0 ? ` (${by.join(', ')})` : '';
  return `${String(p.number).padStart(2)} ${p.promise.padEnd(58)} ${state}${why}`;
});
lines.push('', Object.entries(count).filter(([, n]) => n > 0).map(([state, n]) => `${n} ${state}`).join(', ') + ` of ${points.length} points`);

const table = lines.join('\n') + '\n';
writeFileSync(new URL('acceptance.txt', build), table);
process.stdout.write(table);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
