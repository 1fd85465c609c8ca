/**
 * An ESLint rule: no string key is looked up in a plain object, neither by `object[text]` nor by `text in object`.
 * `constructor`, `toString` and `__proto__` exist in every object; a map has only its own entries. The rule allows a string
 * literal type, and the index of a list.
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
		/** @type {unknown} */
		const given = context.sourceCode.parserServices;
		const services = /** @type {{ getTypeAtLocation: (node: unknown) => ts.Type }} */ (given);
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
 * Whether the code defines a property instead of reading one.
 *
 * @param {import('eslint').Rule.Node} node
 */
function isAssigned(node) {
	const { parent } = node;
	return parent?.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=';
}
