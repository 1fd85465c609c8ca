// npm run scenario -- file.json …: checks scenario files and plays each one's solution, without a browser.
import { readFileSync } from 'node:fs';
import { createServer } from 'vite';
import { root } from './run.js';

/** The app's own modules: what is true here is true there. */
const server = await createServer({
	root,
	configFile: false,
	logLevel: 'error',
	appType: 'custom',
	server: { middlewareMode: true, ws: false, watch: null },
	optimizeDeps: { noDiscovery: true }
});
const { checkFile } = /** @type {typeof import('./scenario-check')} */ (
	await server.ssrLoadModule('/src/tools/scenario-check.ts')
);

const files = process.argv.slice(2);
if (files.length === 0) {
	console.error('usage: npm run scenario -- file.json …');
	process.exit(2);
}
let failed = 0;
for (const file of files) {
	const problems = await checkFile(new Uint8Array(readFileSync(file)));
	failed += problems.length > 0 ? 1 : 0;
	console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${file}`);
	for (const problem of problems) console.log(`     ${problem}`);
}
await server.close();
process.exit(failed > 0 ? 1 : 0);
