/** What crosses the worker's door is bounded before any rule is asked: the edges of each bound. */
import { safeFileName } from '$lib/domain/display-name';
import { decideCreateCmk } from '$lib/domain/operations/create-cmk';
import { checkAlias, checkText } from '$lib/domain/operations/requests';
import { describe, expect, test } from 'vitest';

describe('an alias', () => {
	test.each(['a', '生产环境主密钥', '👩‍💻 laptop', 'a b', 'x'.repeat(128)])(
		'is taken: %.20s',
		(alias) => {
			expect(checkAlias(alias)).toBeUndefined();
		}
	);

	test.each([
		['nothing', ''],
		['a blank at its end', 'a '],
		['a wide blank at its beginning', '\u3000a'],
		['129 characters', 'x'.repeat(129)],
		['a line break', 'a\nb'],
		['a line break of Unicode', 'a\u2028b'],
		['a control character beyond ASCII', 'a\u0085b'],
		['what reads backwards', 'a\u202egnillib'],
		['half a surrogate pair', 'a\ud83d'],
		['a number', 7],
		['null', null]
	])('is refused: %s', (_, alias) => {
		expect(checkAlias(alias)?.code).toBe('InvalidParameter');
	});

	test('may be left out', () => {
		expect(checkAlias(undefined)).toBeUndefined();
	});
});

describe('a text', () => {
	test.each([
		['as long as it may be', 'x'.repeat(5)],
		['lines', 'a\nb'],
		['nothing', undefined]
	])('is taken: %s', (_, text) => {
		expect(checkText('description', text, 5)).toBeUndefined();
	});

	test.each([
		['too long', 'x'.repeat(6)],
		['half a surrogate pair, which UTF-8 cannot tell from another half', '\ud800'],
		['null', null]
	])('is refused: %s', (_, text) => {
		expect(checkText('description', text, 5)?.code).toBe('InvalidParameter');
	});
});

test.each([
	[0, 'KMS', 'ENABLED'],
	[1, 'EXTERNAL', 'PENDING_IMPORT']
] as const)('CreateCmk takes origin %i for %s', (origin, name, state) => {
	const request = { keyUsage: 0, origin };
	const created = decideCreateCmk(request, 'id', undefined, 1);
	expect(created).toMatchObject({ ok: true, value: { origin: name, state } });
	for (const other of [2, -1, 0.5, Number.NaN, '1', null]) {
		const answer = decideCreateCmk({ keyUsage: 0, origin: other as number }, 'id', undefined, 1);
		expect(answer).toMatchObject({ ok: false, refusal: { code: 'InvalidParameter' } });
	}
});

test.each([
	['KeyMaterial.bin', 'KeyMaterial.bin'],
	['密钥 材料.bin', '密钥 材料.bin'],
	['../../etc/passwd', '__.._etc_passwd'],
	['a\\b:c*d?e"f<g>h|i', 'a_b_c_d_e_f_g_h_i'],
	['a\u0000b\u0085c', 'a b c'],
	['.profile', '_profile'],
	['..', '_'],
	['ends in a dot.', 'ends in a dot_'],
	['', 'file'],
	['\u3000', 'file'],
	['x'.repeat(300), 'x'.repeat(120)],
	[`${'x'.repeat(119)}👩`, `${'x'.repeat(119)}👩`]
])('a file name that any system takes: %.30s', (name, safe) => {
	expect(safeFileName(name)).toBe(safe);
});
