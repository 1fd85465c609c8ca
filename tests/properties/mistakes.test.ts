/**
 * Random mistakes, one or two in a row, made on right files: of each kind the same number. The first finding names the
 * last one made, and no finding claims what was not made. Keys, tokens and mistakes follow from seeds. To run a failure
 * again, run the test of its kind alone with the printed path: `PROPERTY_PATH=5:1 npx vitest run --project node
 * tests/properties/mistakes.test.ts -t '^quotes$'`.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { toRsaPrivateKey } from '$lib/crypto/private-key';
import type { WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import type { Finding, NamedFile } from '$lib/diagnosis/diagnosis';
import { bytesToAscii, bytesToBase64, type Bytes } from '$lib/domain/bytes';
import type { ContentId } from '$lib/recognition/contents';
import { createSeeded } from '$lib/scenario/seeded';
import { findingsOf } from '../support/diagnosed-import';
import { readCase, TEST_KEY } from '../support/field-cases';
import {
	AS_ASKED,
	FILE_MISTAKES,
	MATERIAL_MISTAKES,
	TRACELESS_CHANGES,
	TRACELESS_WRAPPING,
	WRAPPING_MISTAKES,
	type FileMistake,
	type LayerName,
	type WrappingMistake
} from '../support/mistakes';
import { propertyRuns } from '../support/runs';
import { startSeededSandbox, type SeededSandbox } from '../support/seeded-sandbox';

/** Of each kind. */
const RUNS = propertyRuns({ short: 3, long: 200 });
const SEED = 23;
const PATH = process.env['PROPERTY_PATH'];

/** What was done to a right import, in this order, each by its name. */
interface Made {
	readonly material?: string;
	readonly wrapping?: string;
	readonly file?: string;
	readonly token?: string;
}

interface Case extends Made {
	/** Of the sandboxes. */
	readonly sandbox: number;
	readonly seed: number;
}

/** The last mistake of a case. */
interface Kind {
	readonly id: string;
	readonly cases: fc.Arbitrary<Case>;
	/** Why the diagnosis can only say that it can't tell. */
	readonly traceless?: string;
}

const idsOf = (mistakes: readonly { readonly id: string }[]): string[] =>
	mistakes.map(({ id }) => id);

const SANDBOXES = 4;
const chosen = {
	sandbox: fc.nat(SANDBOXES - 1),
	seed: fc.noShrink(fc.nat())
};
const nothing = fc.constant<Made>({});
const ofMaterial = fc.record({ material: fc.constantFrom(...idsOf(MATERIAL_MISTAKES)) });
const oneOf = (wrappings: readonly WrappingMistake[]): fc.Arbitrary<Made> =>
	fc.record({ wrapping: fc.constantFrom(...idsOf(wrappings)) });
const ofWrapping = oneOf(WRAPPING_MISTAKES);
/** Whose bytes may become such as a change needs. */
const ofRandomWrapping = oneOf(WRAPPING_MISTAKES.filter(({ isFixed }) => !isFixed));

/** @param earlier what was done before */
const kind = (id: string, last: Made, ...earlier: readonly fc.Arbitrary<Made>[]): Kind => ({
	id,
	cases: fc
		.tuple(fc.oneof(nothing, ...earlier), fc.record(chosen))
		.map(([before, how]) => ({ ...how, ...before, ...last }))
});

const KINDS: readonly Kind[] = [
	...idsOf(MATERIAL_MISTAKES).map((id) => kind(`material: ${id}`, { material: id })),
	...idsOf(WRAPPING_MISTAKES).map((id) => kind(id, { wrapping: id }, ofMaterial)),
	...FILE_MISTAKES.map(({ id, needs }) =>
		kind(id, { file: id }, ofMaterial, needs ? ofRandomWrapping : ofWrapping)
	),
	...idsOf(FILE_MISTAKES.filter(({ notOfTokens }) => notOfTokens === undefined)).map((id) =>
		kind(`token: ${id}`, { token: id }, ofWrapping)
	),
	...TRACELESS_CHANGES.map(({ id, reason }) => ({ ...kind(id, { file: id }), traceless: reason })),
	{
		...kind(TRACELESS_WRAPPING.id, { wrapping: TRACELESS_WRAPPING.id }),
		traceless: TRACELESS_WRAPPING.reason
	}
];

interface Mistakes {
	readonly material?: FileMistake;
	readonly wrapping?: WrappingMistake;
	readonly file?: FileMistake;
	readonly token?: FileMistake;
}

function byId<Named extends { readonly id: string }>(
	all: readonly Named[],
	id: string | undefined
): Named | undefined {
	const found = all.find((one) => one.id === id);
	if (id !== undefined && !found) throw new Error(`no mistake ${id}`);
	return found;
}

/** They put nothing around the bytes. */
const CHANGES = TRACELESS_CHANGES.map((one): FileMistake => ({ ...one, layers: [] }));

function mistakesOf(made: Made): Mistakes {
	const material = byId(MATERIAL_MISTAKES, made.material);
	const wrapping = byId([...WRAPPING_MISTAKES, TRACELESS_WRAPPING], made.wrapping);
	const file = byId([...FILE_MISTAKES, ...CHANGES], made.file);
	const token = byId(FILE_MISTAKES, made.token);
	return {
		...(material && { material }),
		...(wrapping && { wrapping }),
		...(file && { file }),
		...(token && { token })
	};
}

/** For tests only. */
function committedPair(file: string): WrappingKeyPair {
	const jwk = JSON.parse(bytesToAscii(readCase(file)) ?? '') as JsonWebKey;
	return pairOf(jwk);
}

function pairOf(jwk: JsonWebKey): WrappingKeyPair {
	const publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' });
	return {
		publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
		privateKey: toRsaPrivateKey(jwk)
	};
}

const OWN = pairOf(TEST_KEY);
const OTHER = committedPair('others/private-jwk-node.txt');
const UNKNOWN = committedPair('others/private-jwk-node-2.txt');

const keyOf = ({ publicKey }: WrappingKeyPair): KeyObject =>
	createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
const PUBLIC_KEYS: Readonly<Record<WrappingMistake['publicKey'], KeyObject>> = {
	own: keyOf(OWN),
	other: keyOf(OTHER),
	unknown: keyOf(UNKNOWN)
};

let sandboxes: readonly SeededSandbox[];

beforeAll(async () => {
	const started: SeededSandbox[] = [];
	for (let seed = 0; seed < SANDBOXES; seed++)
		started.push(await startSeededSandbox(seed, [OWN, OTHER]));
	sandboxes = started;
}, 60_000);

/** Layers that can't be told apart: either may be named for the other. */
const SAME: readonly (readonly [LayerName, LayerName, reason: string])[] = [
	['codeArray', 'separatedHex', 'the brackets of an array are separators too'],
	['lineBreakBehind', 'lineBreaksMade', 'a line break that was made may be the last two bytes']
];

const withSame = (layers: readonly LayerName[]): LayerName[] => [
	...layers,
	...SAME.flatMap(([a, b]) => [
		...(layers.includes(a) ? [b] : []),
		...(layers.includes(b) ? [a] : [])
	])
];

/** What a token like the right one is said to have suffered. */
const TOKEN_CHANGES: Readonly<Partial<Record<LayerName, readonly string[]>>> = {
	lineBreakBehind: ['longer', 'lineBreaks'],
	lineBreaksMade: ['lineBreaks'],
	codePageUtf8: ['otherwise'],
	codePageUtf16: ['otherwise'],
	utf8Mark: ['otherwise']
};

/** Names that say what is seen, and no cause. */
const AS_SEEN: ReadonlySet<ContentId> = new Set([
	'otherBytes',
	'plainText',
	'json',
	'utf16OfBytes',
	'wrapped',
	'importToken'
]);

const areMade = ({ layers }: NamedFile, mistake: FileMistake): boolean =>
	layers.every(({ id }) => withSame(mistake.layers).includes(id));

const isOutermost = ({ layers: [found] }: NamedFile, { layers }: FileMistake): boolean =>
	found !== undefined && withSame(layers.slice(0, 1)).includes(found.id);

const isChange = (change: string, { layers: [layer] }: FileMistake): boolean =>
	layer !== undefined && TOKEN_CHANGES[layer]?.includes(change) === true;

interface Files {
	readonly importToken: Bytes;
	readonly encryptedKeyMaterial: Bytes;
	/** Before the file was changed. */
	readonly wrapped: Bytes;
}

/** Whether the file leaves open how to undo the change, which was named all the same. */
function isUnclear([first]: readonly Finding[], { file }: Mistakes, { wrapped }: Files): boolean {
	const isNamed = first?.kind === 'fileIs' && file !== undefined && isOutermost(first.named, file);
	return isNamed && file.unclear?.of(wrapped) === true;
}

/** Whether a finding claims nothing but what was made. */
function isTrue(
	finding: Finding,
	found: readonly Finding[],
	mistakes: Mistakes,
	files: Files
): boolean {
	const { used, publicKey } = mistakes.wrapping ?? AS_ASKED;
	switch (finding.kind) {
		case 'nothingOpensIt':
			return isUnclear(found, mistakes, files);
		case 'fileIs': {
			const mistake = finding.field === 'importToken' ? mistakes.token : mistakes.file;
			const isSeen = finding.undone !== undefined || AS_SEEN.has(finding.named.content);
			return mistake !== undefined && isSeen && areMade(finding.named, mistake);
		}
		case 'otherAlgorithm':
			return publicKey === 'own' && mistakes.wrapping !== undefined && isEqual(finding.used, used);
		case 'otherCall':
			return publicKey === 'other' && isEqual(finding.otherPadding ?? AS_ASKED.used, used);
		case 'materialIs':
			return mistakes.material !== undefined && areMade(finding.named, mistakes.material);
		// a token whose bytes are like those of the right one
		case 'tokenDamaged':
			return mistakes.token !== undefined && isChange(finding.change, mistakes.token);
		default:
			return false;
	}
}

const isEqual = (a: object, b: object): boolean =>
	JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Whether the first finding names the last mistake that is one to the service, and proves it. */
function isNamed(first: Finding | undefined, mistakes: Mistakes): boolean {
	const { material, wrapping, file, token } = mistakes;
	const ofFile = token ?? file;
	if (ofFile && ofFile.layers.length > 0)
		return (
			(first?.kind === 'fileIs' && !!first.undone && isOutermost(first.named, ofFile)) ||
			first?.kind === 'tokenDamaged'
		);
	if (wrapping)
		return first?.kind === (wrapping.publicKey === 'other' ? 'otherCall' : 'otherAlgorithm');
	if (material)
		return (
			first?.kind === 'materialIs' &&
			first.first.is === 'same' &&
			first.first.form === 'asRead' &&
			isOutermost(first.named, material)
		);
	return first === undefined;
}

const MOST_TRIES = 8000;

/** The sandbox that was chosen, or the next one whose token is such that the mistake leaves a trace. */
function sandboxFor({ sandbox }: Case, { token }: Mistakes): SeededSandbox {
	const inOrder = [...sandboxes.slice(sandbox), ...sandboxes.slice(0, sandbox)];
	const found = inOrder.find(({ call }) => token?.needs?.(call.importToken) ?? true);
	if (!found) throw new Error('no sandbox has such a token');
	return found;
}

function filesOf({ seed }: Case, { material, wrapping, file, token }: Mistakes, on: SeededSandbox) {
	const random = createSeeded(seed, 'files');
	const plaintext = material?.make(on.material, random) ?? on.material;
	const { wrap, publicKey } = wrapping ?? AS_ASKED;
	const importToken = token?.make(on.call.importToken, random) ?? on.call.importToken;
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const wrapped = wrap(PUBLIC_KEYS[publicKey], plaintext, random);
		if (file?.needs && !file.needs(wrapped)) continue;
		return { importToken, encryptedKeyMaterial: file?.make(wrapped, random) ?? wrapped, wrapped };
	}
	throw new Error('the bytes never are such that the mistake leaves a trace');
}

async function diagnose(one: Case) {
	const mistakes = mistakesOf(one);
	const on = sandboxFor(one, mistakes);
	const files = filesOf(one, mistakes, on);
	const { importToken, encryptedKeyMaterial } = files;
	const request = { keyId: on.call.keyId, importToken, encryptedKeyMaterial };
	return { mistakes, files, found: (await findingsOf(on.sandbox, request)) ?? [] };
}

const told = (found: readonly Finding[], { importToken, encryptedKeyMaterial }: Files): string =>
	JSON.stringify({
		found: found.map((finding) => ({ ...finding, undone: undefined })),
		encryptedKeyMaterial: bytesToBase64(encryptedKeyMaterial),
		importToken: bytesToBase64(importToken)
	});

/** Of fewer runs a share says little. */
const ENOUGH_RUNS = 20;
/** How often a mistake has to be named, at least: one kind, and all of them. */
const LEAST = 0.7;
const LEAST_OF_ALL = 0.9;

const named = new Map<string, number>();

/** A kind keeps its seed when others are added. Names are ASCII. */
const seedOf = (id: string): number => createSeeded(SEED, id).below(2 ** 31);

test.each(KINDS.map((one) => [one.id, one] as const))(
	'%s',
	async (id, { cases, traceless }) => {
		let count = 0;
		await fc.assert(
			fc.asyncProperty(cases, async (one) => {
				const { mistakes, files, found } = await diagnose(one);
				if (traceless !== undefined) {
					expect(idsOfKinds(found), told(found, files)).toEqual(['nothingOpensIt']);
					return;
				}
				const wrong = found.filter((finding) => !isTrue(finding, found, mistakes, files));
				expect(wrong, told(found, files)).toEqual([]);
				if (isNamed(found[0], mistakes)) count++;
			}),
			{ seed: seedOf(id), numRuns: RUNS, ...(PATH !== undefined && { path: PATH }) }
		);
		if (traceless !== undefined || PATH !== undefined) return;
		named.set(id, count);
		if (RUNS >= ENOUGH_RUNS) expect(count / RUNS).toBeGreaterThanOrEqual(LEAST);
	},
	600_000
);

const idsOfKinds = (found: readonly Finding[]): string[] => found.map(({ kind }) => kind);

test(`of all mistakes that leave evidence, nine of ten are named (${String(RUNS)} of each kind)`, () => {
	const table = [...named].map(([id, count]) => `${String(count)}/${String(RUNS)} ${id}`);
	const sum = [...named.values()].reduce((all, count) => all + count, 0);
	const expected = KINDS.filter(({ traceless }) => traceless === undefined);
	expect([...named.keys()]).toEqual(idsOf(expected));
	expect(sum / (RUNS * named.size), table.sort().join('\n')).toBeGreaterThanOrEqual(LEAST_OF_ALL);
});
