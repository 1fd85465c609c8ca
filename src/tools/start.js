// npm start: takes a port, installs what is missing, builds what has changed, and serves the result. What is loaded before the
// packages are there uses Node built-ins only.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { isBuilt } from './build-marker.js';
import { listenWhereFree } from './listen.js';
import { installPackages, root, step } from './run.js';

/** @typedef {import('node:http').RequestListener} Answer */

const BUILD = join(root, 'build');

/** The port is ours from the beginning. A page that is asked for while the app is being built comes afterwards. */
/** @type {(answer: Answer) => void} */
let begin = () => {};
/** @type {Promise<Answer>} */
const ready = new Promise((resolve) => (begin = resolve));
const server = createServer((request, response) => {
	void ready.then((answer) => {
		answer(request, response);
	});
});

const port = await listenWhereFree(server, process.env['PORT'], console.log).catch(
	(/** @type {unknown} */ error) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
);
installPackages();
if (isBuilt(BUILD)) console.log('The app is built already: no source has changed.');
else step('The app is built', 'npm run --silent build');
const { createAnswer } = await import('./serve.js');
begin(createAnswer(BUILD));
console.log(`http://localhost:${String(port)}`);
