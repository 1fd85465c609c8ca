/**
 * An ESLint rule: no text of any kind looks a member up in a plain object, neither by `object[text]` nor by `text in
 * object`. `constructor`, `toString` and `__proto__` are members of every object; a map has only what was put into it.
 * A text of a known few, and the index of a list, are no lookup of that kind.
 */
import ts from 'typescript';

const TEXT = ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any;

/** @param {ts.Type} type @returns {boolean} */
function isAnyText(type) {
	return type.isUnion() ? type.types.some(isAnyText) : (type.flags & TEXT) !== 0;
}

/** @type {import('eslint').Rule.RuleModule} */
export const noLookupByText = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			lookup: 'Any text may be looked up here: use a Map, which has no members of its own.'
		}
	},
	create(context) {
		const services = /** @type {{ getTypeAtLocation: (node: unknown) => ts.Type }} */ (
			/** @type {unknown} */ (context.sourceCode.parserServices)
		);
		const typeOf = (/** @type {unknown} */ node) => services.getTypeAtLocation(node);
		return {
			MemberExpression(node) {
				if (!node.computed || node.property.type === 'Literal') return;
				if (isAssigned(node)) return;
				if (isAnyText(typeOf(node.property))) context.report({ node, messageId: 'lookup' });
			},
			BinaryExpression(node) {
				if (node.operator === 'in' && isAnyText(typeOf(node.left)))
					context.report({ node, messageId: 'lookup' });
			}
		};
	}
};

/**
 * Something is made there, not found.
 *
 * @param {import('eslint').Rule.Node} node
 */
function isAssigned(node) {
	const { parent } = node;
	return parent.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=';
}
