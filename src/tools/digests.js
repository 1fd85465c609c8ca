// npm run digests: records what each scenario of the course is now, beside all that it was before. Never removes anything:
// what was recorded once is what somebody's progress may have been made with.
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
