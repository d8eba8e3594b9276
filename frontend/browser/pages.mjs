// The pages that the tests open: pages.json comes of the route table, what stands here are other views of the same pages.
import { readFileSync } from 'node:fs';

const routes = JSON.parse(readFileSync(new URL('pages.json', import.meta.url), 'utf8'));

// Views whose address has a query, or records that look different from the sample of their route.
const views = {
  initiative: ['/initiatives/QSCG-IOT-MUTUAL-RECOGNITION'],
  topic: ['/topics/digital-infrastructure'], // its initiatives were taken up at many meetings
  initiatives: ['/initiatives?as_of=2023-06-30', '/initiatives?q=nothing-holds-this'],
  matrix: ['/matrix?cells=words', '/matrix?by=countries'], // by default its many meetings make it glyphs
  meeting: ['/meetings/qls-2021-03'], // virtual, the first of its forum
  'evidence-record': ['/evidence/cyberne-jcstar'],
  statement: ['/statements/qscg-2023-12?text=en', '/statements/qscg-2023-12?only=commitments'],
  search: ['/search?q=cyber', `/search?q=${encodeURIComponent('サイバー')}&kind=statement`, '/search?q=nothing-holds-this'],
  'mark-form': ['/statements/qscg-2023-12/mark?paragraph=p4'],
  audit: ['/admin/audit?verify=1'],
};

// Pages that no test can open by themselves, each with its reason.
const apart = {
  commitment: 'leads to its place in the statement',
  permanent: 'leads to the initiative',
  'permanent-statement': 'leads to the statement',
  briefing: 'is there once somebody has frozen one; briefing.spec.mjs does, and looks at it',
  'import-progress': 'is there only while a long text is read; it is one of the samples that are rendered without a database',
};

const open = routes.filter((r) => !(r.route in apart));
const withViews = (of) => [...new Set(of.flatMap((r) => [r.path, ...(views[r.route] ?? [])]))];

/** What everybody may read. */
export const reading = withViews(open.filter((r) => r.reader === 'everybody'));
/** Sign-in, an invitation and the making of the first account. */
export const visiting = open.filter((r) => r.reader === 'visitor').map((r) => r.path);
/** What needs an account, with the least role that sees it. */
export const keeping = open
  .filter((r) => r.reader !== 'everybody' && r.reader !== 'visitor')
  .flatMap((r) => withViews([r]).map((path) => ({ path, reader: r.reader })));

for (const route of [...Object.keys(views), ...Object.keys(apart)]) {
  if (!routes.some((r) => r.route === route)) throw new Error(`pages.mjs names the route ${route}, which is not in the table`);
}

export const langs = ['en', 'ja'];
