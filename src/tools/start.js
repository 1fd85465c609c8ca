// npm start: opens a port, installs missing packages, builds if the sources have changed, and serves the result. Code loaded
// before the packages are installed uses only Node built-ins.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { isBuilt } from './build-marker.js';
import { listenWhereFree } from './listen.js';
import { installPackages, root, step } from './run.js';

/** @typedef {import('node:http').RequestListener} Answer */

const BUILD = join(root, 'build');

/** The port is open from the start. A request during the build is answered after the build. */
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
