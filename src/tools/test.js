// npm test and npm run test:all: install missing packages and programs, then run all steps, or only the named ones.
import { missingPrograms, installPrograms } from './programs.js';
import { installPackages } from './run.js';

const names = process.argv.slice(2).filter((argument) => argument !== '--all');
const isAll = process.argv.includes('--all');
const self = isAll ? 'npm run test:all' : 'npm test';

installPackages();
installPrograms(isAll);
const notTested = await missingPrograms(isAll);

// the packages are installed from here on
const { GROUPS } = await import('./steps.js');
const { runTasks } = await import('./pool.js');

const groups = GROUPS.map((steps) => steps.filter(({ isLong }) => isAll || !isLong));
const steps = groups.flat();
const unknown = names.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
	const known = steps.map(({ name }) => name).join(', ');
	console.error(`no such step: ${unknown.join(', ')}. There are: ${known}`);
	process.exit(2);
}
const named = steps.filter(({ name }) => names.length === 0 || names.includes(name));
const wanted = new Set(['generate', ...named.flatMap(({ name, needs }) => [name, needs])]);

const start = performance.now();
for (const group of groups)
	await runTasks(
		group
			.filter(({ name }) => wanted.has(name))
			.map(({ name, promise, script, all = script, env, allEnv, isIdle = false }) => ({
				name,
				promise,
				command: `npm run --silent ${isAll ? all : script}`,
				env: { ...(isAll ? allEnv : env) },
				isIdle,
				again: `${self} -- ${name}`
			}))
	);

for (const line of notTested) console.warn(line);
const minutes = ((performance.now() - start) / 60_000).toFixed(1);
console.log(`${names.length > 0 ? names.join(', ') : 'all checks'} passed in ${minutes} min`);
