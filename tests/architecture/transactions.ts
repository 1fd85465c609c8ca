/**
 * Only calls on the database may be awaited inside a transaction. Anything else (crypto, a fetch, a timer) loses the
 * transaction silently: what was written before stays, what is written after is written outside.
 *
 * And the service's database has one door for changes, which records first what is due: `storage/write.ts`. Its `write`
 * takes the body of a transaction, so that body keeps the same rule.
 */
import ts from 'typescript';
import { platformNames } from './platform';
import { importsOf, resolveImport, toFile, toSyntax, type Sources } from './sources';

/** Where a transaction may be opened: what owns a database. */
const OWNERS = [
	'lib/storage/',
	'lib/customer/',
	'lib/learn/learn-database',
	'lib/learn/change-run'
];

/** The one door, beside it the one for what no deadline is about, and what both run inside their transaction. */
const DOORS = ['lib/storage/write.ts', 'lib/storage/write-undated.ts'];
const CHANGE = 'change';
/** What they are called. */
const WRITES = ['write', 'writeUndated'];

/** What changes a table or the rows of a query. */
const WRITE_METHODS = new Set(
	'add put update upsert delete clear modify bulkAdd bulkPut bulkUpdate bulkDelete'.split(' ')
);

/** Tables of the service's database, by the schema. */
function tablesOf(sources: Sources): ReadonlySet<string> {
	const schema = sources.get('lib/storage/database.ts') ?? '';
	const names = /\.stores\(\{([^}]*)\}/.exec(schema)?.[1] ?? '';
	return new Set([...names.matchAll(/^\s*(\w+):/gm)].flatMap(([, name]) => name ?? []));
}

/**
 * Changes of the service's database that do not go through the door: a transaction that may write, a mode that is not
 * written out, and a write to one of its tables by a function that was not handed a `WritableDatabase`.
 *
 * @param tables names of the tables; read from the schema when left out
 */
export function doorFaults(sources: Sources, tables = tablesOf(sources)): string[] {
	const faults: string[] = [];
	for (const [path, text] of sources) {
		const file = toSyntax(path, text);
		const ownsOther = OWNERS.slice(1).some((owner) => path.startsWith(owner));
		const modes = transactionCalls(file).map(({ arguments: [mode] }) => mode);
		if (!ownsOther) {
			if (modes.some((mode) => !mode || !ts.isStringLiteral(mode)))
				faults.push(`${path} must write out the mode of a transaction`);
			const writing = modes.filter((mode) => mode?.getText() !== "'r'").length;
			if (writing > (DOORS.includes(path) ? 1 : 0)) faults.push(`${path} opens a second door`);
		}
		if (!DOORS.includes(path) && /\bas (?:unknown as )?WritableDatabase\b/.test(text))
			faults.push(`${path} must not make a WritableDatabase`);
		for (const node of descendants(file)) {
			if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
			if (!WRITE_METHODS.has(node.expression.name.text)) continue;
			const table = tableIn(node.expression.expression, tables);
			if (table && !isHandedOpen(table.database, node))
				faults.push(`${path} writes to ${table.name} outside the door`);
		}
	}
	return [...new Set(faults)];
}

/** What the learner has done: who may write it, each change in one transaction. */
const LEARN_WRITERS = ['lib/learn/change-run.ts', 'lib/learn/learn-database.ts'];
const LEARN_TABLES = new Set(['runs', 'completions', 'replayed', 'exams', 'own']);

/** Writes to the learner's tables anywhere else: a copy that was read before may be out of date by then. */
export function learnFaults(sources: Sources): string[] {
	const faults: string[] = [];
	for (const [path, text] of sources) {
		if (!/^lib\/(?:learn|embed|worker|workspaces)\//.test(path) || LEARN_WRITERS.includes(path))
			continue;
		for (const node of descendants(toSyntax(path, text))) {
			if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
			if (!WRITE_METHODS.has(node.expression.name.text)) continue;
			const table = learnTable(node.expression.expression);
			if (table !== undefined) faults.push(`${path} writes to ${table}`);
		}
	}
	return faults;
}

function learnTable(node: ts.Expression): string | undefined {
	if (ts.isCallExpression(node)) return learnTable(node.expression);
	if (ts.isIdentifier(node)) return LEARN_TABLES.has(node.text) ? node.text : undefined;
	if (!ts.isPropertyAccessExpression(node)) return undefined;
	return LEARN_TABLES.has(node.name.text) ? node.name.text : learnTable(node.expression);
}

/** `keys` and `db` in `db.keys.where('x').equals(1)`, `store.db` in `store.db.keys`. */
function tableIn(
	node: ts.Expression,
	tables: ReadonlySet<string>
): { readonly name: string; readonly database: ts.Expression } | undefined {
	if (ts.isCallExpression(node)) return tableIn(node.expression, tables);
	if (!ts.isPropertyAccessExpression(node)) return undefined;
	const { name, expression } = node;
	const isDatabase = /(?:^|\.)(?:db|open|database|service)$/.test(expression.getText());
	if (isDatabase && tables.has(name.text)) return { name: name.text, database: expression };
	return tableIn(expression, tables);
}

/** Whether a function around it has this parameter, as a `WritableDatabase` or as the first one of a body given to `write`. */
function isHandedOpen(database: ts.Expression, from: ts.Node): boolean {
	for (let node: ts.Node | undefined = from; node; node = node.parent as ts.Node | undefined) {
		if (!ts.isFunctionLike(node)) continue;
		const [first] = node.parameters;
		if (first?.name.getText() !== database.getText()) continue;
		if (first.type) return first.type.getText() === 'WritableDatabase';
		const call = node.parent;
		return ts.isCallExpression(call) && WRITES.includes(call.expression.getText());
	}
	return false;
}

export function transactionFaults(sources: Sources): string[] {
	const faults: string[] = [];
	for (const [path, text] of sources)
		for (const call of bodiesIn(path, text)) {
			if (!OWNERS.some((owner) => path.startsWith(owner)))
				faults.push(`${path} must not open a transaction`);
			const body = call.arguments.at(-1);
			if (body && ts.isFunctionLike(body)) {
				const database = call.arguments[0]?.getText();
				const roots = [rootOf(call) ?? database, body.parameters[0]?.name.getText()];
				faults.push(...awaitFaults(sources, path, body, roots));
			} else faults.push(`${path}: a transaction's body must be written where it is opened`);
		}
	return [...new Set(faults)];
}

/** Calls whose last argument runs inside a transaction: of `transaction`, and in storage of `write`. */
function bodiesIn(path: string, text: string): ts.CallExpression[] {
	const file = toSyntax(path, text);
	const throughDoor = path.startsWith('lib/storage/')
		? descendants(file).filter(
				(node): node is ts.CallExpression =>
					ts.isCallExpression(node) && WRITES.includes(node.expression.getText())
			)
		: [];
	return [...transactionCalls(file), ...throughDoor];
}

function transactionCalls(file: ts.SourceFile): ts.CallExpression[] {
	return descendants(file).filter(
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === 'transaction'
	);
}

/** @param roots names of the database and of the transaction in this function */
function awaitFaults(
	sources: Sources,
	path: string,
	body: ts.Node,
	roots: readonly (string | undefined)[],
	seen: ReadonlySet<string> = new Set()
): string[] {
	const faults = platformNames(body).map((name) => `${path} uses ${name} inside a transaction`);
	const check = (operand: ts.Expression): void => {
		if (ts.isParenthesizedExpression(operand) || ts.isSpreadElement(operand))
			check(operand.expression);
		else if (ts.isArrayLiteralExpression(operand)) operand.elements.forEach(check);
		else if (ts.isConditionalExpression(operand)) {
			check(operand.whenTrue);
			check(operand.whenFalse);
		} else if (ts.isCallExpression(operand)) checkCall(operand);
		else if (!isConstant(operand)) faults.push(fault(operand));
	};
	const checkCall = (call: ts.CallExpression): void => {
		const [first] = call.arguments;
		if (call.expression.getText() === 'Promise.all' && first) check(first);
		else if (DOORS.includes(path) && call.expression.getText() === CHANGE) return;
		else if (ts.isIdentifier(call.expression) && first && roots.includes(first.getText()))
			faults.push(...helperFaults(sources, path, call.expression.text, seen));
		else if (!roots.includes(rootOf(call))) faults.push(fault(call));
	};
	const fault = (node: ts.Node) => `${path} awaits ${node.getText()} inside a transaction`;
	// A helper without `await` hands what it was given on to be awaited.
	const handsOn = ts.isFunctionDeclaration(body) && !isAsync(body);
	for (const node of descendants(body))
		if (ts.isAwaitExpression(node)) check(node.expression);
		else if (handsOn && ts.isReturnStatement(node) && node.expression) check(node.expression);
		else if (ts.isForOfStatement(node) && node.awaitModifier) faults.push(fault(node.expression));
		else if (isThen(node)) faults.push(`${path} must await instead of ${node.name.text}`);
	return faults;
}

/** A function that is handed the database runs inside the transaction too, so it keeps the same rule. */
function helperFaults(
	sources: Sources,
	path: string,
	name: string,
	seen: ReadonlySet<string>
): string[] {
	const files = [path, ...importedFiles(sources, path)];
	for (const file of files) {
		const helper = toSyntax(file, sources.get(file) ?? '').statements.find(
			(node): node is ts.FunctionDeclaration =>
				ts.isFunctionDeclaration(node) && node.name?.text === name
		);
		const id = `${file}#${name}`;
		if (helper && seen.has(id)) return [];
		if (helper)
			return awaitFaults(
				sources,
				file,
				helper,
				[helper.parameters[0]?.name.getText()],
				new Set([...seen, id])
			);
	}
	return [`${path} awaits ${name}, which is no function of ours, inside a transaction`];
}

function importedFiles(sources: Sources, path: string): string[] {
	return importsOf(path, sources.get(path) ?? '')
		.map((edge) => toFile(sources, resolveImport(edge)))
		.filter((file) => file !== undefined);
}

/** `db` in `db.keys.where('x').first()`. */
function rootOf(node: ts.Expression): string | undefined {
	if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node))
		return rootOf(node.expression);
	return ts.isIdentifier(node) ? node.text : undefined;
}

function isAsync(node: ts.FunctionDeclaration): boolean {
	return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

function isThen(node: ts.Node): node is ts.PropertyAccessExpression {
	return (
		ts.isPropertyAccessExpression(node) && ['then', 'catch', 'finally'].includes(node.name.text)
	);
}

function isConstant(node: ts.Expression): boolean {
	return node.kind === ts.SyntaxKind.NullKeyword || node.getText() === 'undefined';
}

function descendants(node: ts.Node): ts.Node[] {
	const found: ts.Node[] = [];
	const visit = (child: ts.Node): void => {
		found.push(child);
		ts.forEachChild(child, visit);
	};
	ts.forEachChild(node, visit);
	return found;
}
