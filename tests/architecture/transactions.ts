/**
 * Only calls on the database may be awaited inside a transaction. Anything else (crypto, a fetch, a timer) loses the
 * transaction silently: what was written before stays, what is written after is written outside.
 */
import ts from 'typescript';
import { platformNames } from './platform';
import { importsOf, resolveImport, toFile, toSyntax, type Sources } from './sources';

/** Where a transaction may be opened: what owns a database. */
const OWNERS = ['lib/storage/', 'lib/customer/', 'lib/learn/learn-database'];

export function transactionFaults(sources: Sources): string[] {
	const faults: string[] = [];
	for (const [path, text] of sources)
		for (const call of transactionCalls(toSyntax(path, text))) {
			if (!OWNERS.some((owner) => path.startsWith(owner)))
				faults.push(`${path} must not open a transaction`);
			const body = call.arguments.at(-1);
			if (body && ts.isFunctionLike(body)) {
				const roots = [rootOf(call), body.parameters[0]?.name.getText()];
				faults.push(...awaitFaults(sources, path, body, roots));
			} else faults.push(`${path}: a transaction's body must be written where it is opened`);
		}
	return [...new Set(faults)];
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
