// npm run digests: records the present digests of each scenario of the course, besides the earlier ones. Never removes a
// digest, because users may have progress from that version.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import recorded from '../lib/course/digests.json' with { type: 'json' };
import { openModules } from './modules.js';
import { root } from './run.js';

const PATH = join(root, 'src/lib/course/digests.json');

const modules = await openModules();
const { SCENARIOS } = /** @type {typeof import('../lib/course/catalogue')} */ (
	await modules.load('/src/lib/course/catalogue.ts')
);
const { withDigestsOfNow } = /** @type {typeof import('./digests-of-now')} */ (
	await modules.load('/src/tools/digests-of-now.ts')
);
const { digests, added } = withDigestsOfNow(recorded, SCENARIOS);
writeFileSync(PATH, `${JSON.stringify(digests, null, '\t')}\n`);
await modules.close();
console.log(added.length === 0 ? 'every scenario was recorded' : `recorded: ${added.join(', ')}`);
