// npm run notices: writes static/third-party-notices.txt, the licences of all third-party code in a build. Every build ships
// this file. A module of a package without a licence in the file fails the build.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import project from '../../package.json' with { type: 'json' };
import vectors from '../../static/vectors/manifest.json' with { type: 'json' };
import { root } from './run.js';

export const NOTICES = 'third-party-notices.txt';

/** The packages that the last build shipped, by bundle. A test reads this file. */
export const SHIPPED = join(root, 'node_modules/.cache/shipped-packages');

/** The package of the console's font. */
export const FONT = '@fontsource-variable/atkinson-hyperlegible-next';

/** Packages that leave something in a build, although the app does not list them as runtime dependencies. */
const SHIPPED_BY_TOOLS = [
	// the framework and its code in the browser
	...['svelte', '@sveltejs/kit', 'clsx', 'devalue', 'esm-env'],
	// generates the messages and their runtime
	'@inlang/paraglide-js',
	// loads one script from another
	...['vite', 'rolldown'],
	FONT
];

/**
 * The date until which the OpenSSL project supports a line.
 *
 * @type {Readonly<Record<string, string>>}
 * @see https://openssl-library.org/policies/releasestrat/
 */
const SUPPORTED_UNTIL = { '3.0': 'September 2026', 3.5: 'April 2030' };

const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)(?:\.md|\.txt)?$/i;

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} licence its SPDX expression
 * @property {string} text the licence with its copyright lines
 */

/**
 * The app's dependencies, their dependencies in the lock file, and the tools that leave something in a build.
 *
 * @returns {string[]} names, sorted
 */
export function shippedPackages() {
	const lock =
		/** @type {{ packages: Record<string, { dependencies?: Record<string, string> }> }} */ (
			parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
		);
	const found = new Set(Object.keys(project.dependencies));
	for (const name of found)
		for (const other of Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {}))
			found.add(other);
	// types leave nothing in a bundle
	return [...new Set([...found, ...SHIPPED_BY_TOOLS])]
		.filter((name) => !name.startsWith('@types/'))
		.sort();
}

/**
 * @param {string} name
 * @param {string} [modules] the folder of packages
 * @returns {Notice}
 */
export function noticeOf(name, modules = join(root, 'node_modules')) {
	const folder = join(modules, name);
	const { version, license } = /** @type {{ version: string, license?: string }} */ (
		parse(readFileSync(join(folder, 'package.json'), 'utf8'))
	);
	const texts = readdirSync(folder)
		.filter((file) => LICENCE_FILE.test(file))
		.sort()
		.map((file) => ownPart(readFileSync(join(folder, file), 'utf8')));
	if (license === undefined || texts.length === 0)
		throw new Error(
			`${name} ${version} names no licence, or brings no text of it: it cannot be shipped`
		);
	return { name, version, licence: license, text: texts.join('\n\n') };
}

/** Tools list the licences of what is bundled into themselves, and no build ships that. @param {string} text */
function ownPart(text) {
	return (
		text
			.split(/^# Licenses of bundled dependencies$/m)[0]
			?.replaceAll('\r\n', '\n')
			.trim() ?? ''
	);
}

/** @returns {Notice[]} OpenSSL in the terminal, from its manifest */
function opensslNotices() {
	const folder = join(root, 'src/lib/terminal/openssl');
	/** @param {string} name */
	const text = (name) => readFileSync(join(folder, name), 'utf8').trim();
	const manifest =
		/** @type {{ openssl: string, source: { package: string }, emscripten: string, licence: string, copyright: string }} */ (
			parse(text('manifest.json'))
		);
	const from = `Emscripten ${manifest.emscripten}`;
	return [
		{
			name: 'OpenSSL',
			version: manifest.openssl,
			licence: manifest.licence,
			text: `${manifest.copyright}\n\nCompiled to WebAssembly from the source package ${manifest.source.package}.\nThe OpenSSL project supports this line until ${supportedUntil(manifest.openssl)}.\n\n${text('LICENSE.txt')}`
		},
		{
			name: 'Emscripten',
			version: manifest.emscripten,
			licence: 'MIT OR NCSA; compiler-rt: Apache-2.0 WITH LLVM-exception',
			text: text('EMSCRIPTEN.txt')
		},
		{ name: 'musl libc', version: `of ${from}`, licence: 'MIT', text: text('MUSL.txt') }
	];
}

/** @param {string} version */
function supportedUntil(version) {
	const until = SUPPORTED_UNTIL[version.replace(/\.\d+$/, '')];
	if (until === undefined) throw new Error(`say until when OpenSSL ${version} is supported`);
	return until;
}

/** @returns {Notice[]} the published test vectors, from their manifest */
function vectorNotices() {
	const text = (/** @type {string} */ name) =>
		readFileSync(join(root, 'static/vectors', name), 'utf8').trim();
	return vectors.packages.map(({ project: home, package: name, version, licence, texts }) => ({
		...{ name, version, licence },
		text: `Test vectors of ${home}, as Debian packages them.\n\n${texts.map(text).join('\n\n')}`
	}));
}

/** @returns {Notice[]} */
export const allNotices = () => [
	...shippedPackages().map((name) => noticeOf(name)),
	...opensslNotices(),
	...vectorNotices()
];

/** @param {readonly Notice[]} notices */
export function noticesText(notices) {
	const line = '='.repeat(78);
	return [
		`Third-party notices of ${project.name}\n\nThe app is built with the work of others. Their names, versions, licences and copyright lines:\n`,
		...notices.map(({ name, version, licence }) => `- ${name} ${version} (${licence})`),
		...notices.map(
			({ name, version, licence, text }) =>
				`\n${line}\n${name} ${version}\nLicence: ${licence}\n${line}\n\n${text}`
		)
	]
		.map((part) => `${part}\n`)
		.join('');
}

/**
 * @param {string} id of a module in a bundle
 * @returns {string | undefined} the package of the module; undefined for the project's own modules
 */
export function packageOf(id) {
	const path = id.replaceAll('\\', '/');
	const inPackage = path.slice(path.lastIndexOf('/node_modules/') + 1);
	const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/?]+)/.exec(inPackage) ?? [];
	// a part of SvelteKit that is generated for this app
	if (name === '.vite' || name === '.cache') return undefined;
	if (name !== undefined) return name;
	if (path.includes('/src/lib/paraglide/')) return '@inlang/paraglide-js';
	if (/^\0?rolldown\//.test(path)) return 'rolldown';
	if (/^\0?vite\//.test(path)) return 'vite';
	return undefined;
}

/**
 * Fails a build that would ship a package without a notice, and records the packages in each bundle.
 *
 * @param {string} bundleName
 * @param {ReadonlySet<string>} [known] packages that have a notice
 * @returns {import('vite').Plugin}
 */
export function requireNotices(bundleName, known = new Set(shippedPackages())) {
	return {
		name: 'third-party-notices',
		apply: 'build',
		generateBundle(_, bundle) {
			/** @type {Set<string>} */
			const packages = new Set();
			for (const file of Object.values(bundle)) {
				if (file.type !== 'chunk') continue;
				for (const [id, { renderedLength }] of Object.entries(file.modules)) {
					const name = packageOf(id);
					if (name !== undefined && renderedLength > 0) packages.add(name);
				}
			}
			const without = [...packages].filter((name) => !known.has(name)).sort();
			if (without.length > 0)
				this.error(
					`${without.join(', ')} would be shipped without a notice. Add it in src/tools/notices.js and run "npm run notices".`
				);
			if (this.environment.name === 'ssr') return;
			mkdirSync(SHIPPED, { recursive: true });
			const path = join(SHIPPED, `${bundleName.replaceAll('/', '+')}.json`);
			// workers are bundled separately, under the same name
			const before =
				existsSync(path) && bundleName === 'worker'
					? /** @type {string[]} */ (JSON.parse(readFileSync(path, 'utf8')))
					: [];
			writeFileSync(path, JSON.stringify([...new Set([...before, ...packages])].sort()));
		}
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	writeFileSync(join(root, 'static', NOTICES), noticesText(allNotices()));
	console.log(`static/${NOTICES}: ${String(allNotices().length)} notices`);
}

/**
 * @param {string} json
 * @returns {unknown}
 */
function parse(json) {
	return JSON.parse(json);
}
