/** Where names of files come in and go out: each is made a safe one there. */
import ts from 'typescript';
import { toSyntax, type Sources } from './sources';

/** The one place that hands a file to the browser. */
const DOWNLOAD = 'lib/ui/kit/save-file.ts';

/** One sentence for each name of a chosen file that is used as it is, and for each download beside the one door. */
export function rawFileNames(sources: Sources): string[] {
	const found: string[] = [];
	for (const [path, text] of sources) {
		const file = toSyntax(path, text);
		const chosen = namesOfFiles(file);
		const visit = (node: ts.Node): void => {
			if (ts.isPropertyAccessExpression(node)) {
				const { name, expression, parent } = node;
				if (name.text === 'download' && isAssigned(node) && path !== DOWNLOAD)
					found.push(`${path} must not set download`);
				if (name.text === 'name' && chosen.has(expression.getText()) && !isMadeSafe(parent))
					found.push(`${path} uses ${node.getText()} as it is`);
			}
			if (ts.isObjectBindingPattern(node) && isFile(node.parent))
				for (const element of node.elements)
					if ((element.propertyName ?? element.name).getText() === 'name')
						found.push(`${path} takes the name out of a file as it is`);
			ts.forEachChild(node, visit);
		};
		visit(file);
	}
	return found;
}

/** Variables and parameters that are said to be a `File`, or to be one or nothing. */
function namesOfFiles(file: ts.SourceFile): Set<string> {
	const names = new Set<string>();
	const visit = (node: ts.Node): void => {
		if ((ts.isParameter(node) || ts.isVariableDeclaration(node)) && ts.isIdentifier(node.name))
			if (isFile(node)) names.add(node.name.text);
		// for (const file of files), where files is a list of them
		if (ts.isForOfStatement(node) && ts.isVariableDeclarationList(node.initializer))
			if (lists.has(node.expression.getText()))
				names.add(node.initializer.declarations[0]?.name.getText() ?? '');
		ts.forEachChild(node, visit);
	};
	const lists = new Set<string>();
	const findLists = (node: ts.Node): void => {
		if (ts.isParameter(node) && /\bFile\[\]|\bFileList\b/.test(node.type?.getText() ?? ''))
			lists.add(node.name.getText());
		ts.forEachChild(node, findLists);
	};
	findLists(file);
	visit(file);
	return names;
}

function isFile(node: ts.Node): boolean {
	if (!ts.isParameter(node) && !ts.isVariableDeclaration(node)) return false;
	const type = node.type?.getText() ?? '';
	const state = node.initializer?.getText() ?? '';
	return /^File(?: \||$)|\| File$/.test(type) || /^\$state(?:\.raw)?<File[>\s|]/.test(state);
}

function isAssigned({ parent }: ts.Node): boolean {
	return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isMadeSafe(node: ts.Node): boolean {
	return (
		ts.isCallExpression(node) && /^(?:safeFileName|displayName)$/.test(node.expression.getText())
	);
}
