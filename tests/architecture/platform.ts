/** Which modules touch the platform directly: the clock, randomness, timers, the network, storage, the page. */
import ts from 'typescript';
import type { Row } from './import-table';
import { rowOf } from './imports';
import { toModuleName, toSyntax, type Sources } from './sources';

const PLATFORM = new Set([
	...['window', 'document', 'navigator', 'location', 'history', 'self', 'globalThis', 'process'],
	...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'crypto', 'performance', 'console'],
	...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker'],
	...['BroadcastChannel', 'MessageChannel', 'postMessage', 'importScripts'],
	...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask'],
	...['requestAnimationFrame', 'requestIdleCallback'],
	...['Date.now', 'Math.random', 'new Date()']
]);

/** One sentence for each name of the platform that the table does not allow where it is used. */
export function forbiddenPlatformNames(
	sources: Sources,
	table: Readonly<Record<string, Row>>
): string[] {
	return [...sources].flatMap(([path, text]) => {
		const room = rowOf(table, toModuleName(path));
		const allowed = room === undefined ? undefined : table[room]?.platform;
		if (!allowed) return [];
		const used = platformNames(toSyntax(path, text));
		return used
			.filter((name) => !allowed.includes(name))
			.map((name) => `${path} must not use ${name}`);
	});
}

/**
 * What a browser can refuse, by throwing when it is named, when it is used, or by never answering. Only these modules touch
 * it, and each says what happens without it.
 *
 * @see docs/decisions/0037-what-a-browser-may-refuse.md
 */
export const REFUSABLE: Readonly<Record<string, readonly string[]>> = {
	localStorage: [
		'lib/ui/kit/stored.ts',
		'lib/client/workspace.ts',
		'lib/embed/offline/register.ts'
	],
	sessionStorage: ['lib/ui/kit/stored.ts', 'lib/client/workspace.ts'],
	locks: [
		'lib/client/workspace.ts',
		'lib/offline/version-lock.ts',
		'lib/worker/leadership.ts',
		'lib/embed/engine/keep-run.ts'
	],
	serviceWorker: [
		'lib/offline/register.ts',
		'lib/embed/engine/start-engine.ts',
		'lib/embed/offline/register.ts'
	],
	BroadcastChannel: ['lib/worker/blocked-channels.ts'],
	caches: ['lib/offline/precache.ts', 'lib/embed/offline/keep.ts'],
	indexedDB: [
		'lib/storage/open-store.ts',
		'lib/storage/database.ts',
		'lib/embed/shims/no-indexeddb.ts'
	],
	storage: ['routes/sandbox/browser-storage.svelte.ts'],
	SharedWorker: [],
	cookieStore: [],
	// answers of live queries come through one door, which keeps their order
	liveQuery: ['lib/storage/observe.ts', 'lib/embed/engine/memory-tables.ts']
};

/** As globals these need nothing before them; the others are members of `navigator`. */
const OF_NAVIGATOR = new Set(['locks', 'serviceWorker', 'storage']);

/** One sentence for each use of what a browser can refuse outside of the modules that are ready for it. */
export function unguardedFeatures(sources: Sources): string[] {
	const found = new Set<string>();
	for (const [path, text] of sources) {
		const note = (name: string) => {
			if (Object.hasOwn(REFUSABLE, name) && !REFUSABLE[name]?.includes(path))
				found.add(`${path} must not use ${name}`);
		};
		const visit = (node: ts.Node): void => {
			if (ts.isTypeNode(node)) return;
			if (ts.isIdentifier(node) && !OF_NAVIGATOR.has(node.text) && !isName(node)) note(node.text);
			if (ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent))
				note(node.text);
			if (ts.isPropertyAccessExpression(node) && node.expression.getText().endsWith('navigator'))
				note(node.name.text);
			// const { locks } = navigator
			if (ts.isVariableDeclaration(node) && node.initializer?.getText().endsWith('navigator')) {
				if (ts.isObjectBindingPattern(node.name))
					for (const { name, propertyName } of node.name.elements)
						note((propertyName ?? name).getText());
			}
			ts.forEachChild(node, visit);
		};
		visit(toSyntax(path, text));
	}
	return [...found];
}

/** Names of the platform in a syntax tree, in order. A property, a type, an own variable of that name are not meant. */
export function platformNames(root: ts.Node): string[] {
	const found: string[] = [];
	const own = ownNames(root.getSourceFile());
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node)) return;
		if (ts.isPropertyAccessExpression(node)) {
			note(node.getText());
			visit(node.expression);
			return;
		}
		if (ts.isNewExpression(node) && !node.arguments?.length)
			note(`new ${node.expression.getText()}()`);
		if (ts.isIdentifier(node) && !isName(node)) note(node.text);
		ts.forEachChild(node, visit);
	};
	const note = (name: string) => {
		if (PLATFORM.has(name) && !own.has(name)) found.push(name);
	};
	visit(root);
	return found;
}

/** Variables, parameters and imports of the file. */
function ownNames(file: ts.SourceFile): Set<string> {
	const names = new Set<string>();
	const visit = (node: ts.Node): void => {
		const declares =
			ts.isVariableDeclaration(node) ||
			ts.isBindingElement(node) ||
			ts.isParameter(node) ||
			ts.isImportSpecifier(node);
		if (declares && ts.isIdentifier(node.name)) names.add(node.name.text);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return names;
}

/** The name in `{ name: … }` and in a declaration of a member. */
function isName(node: ts.Identifier): boolean {
	const { parent } = node;
	return (
		(ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node
	);
}
