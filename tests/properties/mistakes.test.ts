/**
 * Random mistakes, one or two in a row, made on right files. The first finding names the last one made, or says that it
 * can't be told. A cause that was not made is never named.
 */
import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Finding, NamedFile } from '$lib/diagnosis/diagnosis';
import { bytesToBase64, type Bytes } from '$lib/domain/bytes';
import type { ContentId } from '$lib/recognition/contents';
import { findingsOf, startCall, type Call } from '../support/diagnosed-import';
import {
	AS_ASKED,
	FILE_MISTAKES,
	MATERIAL_MISTAKES,
	WRAPPING_MISTAKES,
	type FileMistake,
	type LayerName,
	type WrappingMistake
} from '../support/mistakes';
import { propertyRuns } from '../support/runs';
import { getParameters, startSandbox, type Sandbox } from '../support/sandbox';

const RUNS = propertyRuns({ short: 200, long: 2000 });
const SEED = 23;

/** In the order in which they are made. */
interface Made {
	readonly material?: FileMistake;
	readonly wrapping?: WrappingMistake;
	readonly file?: FileMistake;
	readonly token?: FileMistake;
}

const material = fc.constantFrom(...MATERIAL_MISTAKES);
const wrapping = fc.constantFrom(...WRAPPING_MISTAKES);
const file = fc.constantFrom(...FILE_MISTAKES);
const token = fc.constantFrom(...FILE_MISTAKES.filter(({ isOfNumber }) => !isOfNumber));

const made: fc.Arbitrary<Made> = fc.oneof(
	{ weight: 1, arbitrary: fc.record({ material }) },
	{ weight: 1, arbitrary: fc.record({ wrapping }) },
	{ weight: 4, arbitrary: fc.record({ file }) },
	{ weight: 2, arbitrary: fc.record({ token }) },
	{ weight: 1, arbitrary: fc.record({ material, wrapping }) },
	{ weight: 2, arbitrary: fc.record({ material, file }) },
	{ weight: 2, arbitrary: fc.record({ wrapping, file }) },
	{ weight: 1, arbitrary: fc.record({ wrapping, token }) }
);

let sandbox: Sandbox;
let call: Call;
let ownKey: KeyObject;
let otherKey: KeyObject;
const MATERIAL: Bytes = new Uint8Array(randomBytes(32));

const keyOf = (publicKey: Bytes): KeyObject =>
	createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });

beforeAll(async () => {
	sandbox = await startSandbox();
	call = await startCall(sandbox, { first: MATERIAL });
	ownKey = keyOf(call.publicKey);
	otherKey = keyOf((await getParameters(sandbox.kms, call.keyId)).publicKey);
});

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

/** Whether a finding claims nothing but what was made. */
function isTrue(finding: Finding, mistakes: Made): boolean {
	const { used, isOtherCall } = mistakes.wrapping ?? AS_ASKED;
	switch (finding.kind) {
		case 'nothingOpensIt':
			return true;
		case 'fileIs': {
			const mistake = finding.field === 'importToken' ? mistakes.token : mistakes.file;
			const isSeen = finding.undone !== undefined || AS_SEEN.has(finding.named.content);
			return mistake !== undefined && isSeen && areMade(finding.named, mistake);
		}
		case 'otherAlgorithm':
			return !isOtherCall && mistakes.wrapping !== undefined && isEqual(finding.used, used);
		case 'otherCall':
			return isOtherCall && isEqual(finding.used, used);
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

/** The last mistake that is one to the service, and whether a finding names it. */
function lastOf({ material, wrapping, file, token }: Made): {
	readonly id: string;
	readonly isNamed: (first: Finding | undefined) => boolean;
} {
	const ofFile = token ?? file;
	if (ofFile && ofFile.layers.length > 0)
		return {
			id: `${token ? 'token: ' : ''}${ofFile.id}`,
			isNamed: (first) =>
				(first?.kind === 'fileIs' && !!first.undone && isOutermost(first.named, ofFile)) ||
				first?.kind === 'tokenDamaged'
		};
	if (wrapping)
		return {
			id: wrapping.id,
			isNamed: (first) => first?.kind === (wrapping.isOtherCall ? 'otherCall' : 'otherAlgorithm')
		};
	if (material)
		return {
			id: `material: ${material.id}`,
			isNamed: (first) =>
				first?.kind === 'materialIs' &&
				first.first === 'asRead' &&
				isOutermost(first.named, material)
		};
	return { id: ofFile?.id ?? 'none', isNamed: (first) => first === undefined };
}

const MOST_TRIES = 4000;

/** @returns undefined if the bytes never are such that the mistake leaves a trace */
function filesOf({ material, wrapping = AS_ASKED, file, token }: Made) {
	const plaintext = material?.make(MATERIAL) ?? MATERIAL;
	const key = wrapping.isOtherCall ? otherKey : ownKey;
	if (token?.needs && !token.needs(call.importToken)) return undefined;
	const importToken = token?.make(call.importToken) ?? call.importToken;
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const wrapped = wrapping.wrap(key, plaintext);
		if (file?.needs && !file.needs(wrapped)) continue;
		return { importToken, encryptedKeyMaterial: file?.make(wrapped) ?? wrapped };
	}
	return undefined;
}

/** Of fewer runs a share says little. */
const ENOUGH_RUNS = 20;

/** How often a mistake has to be named, at least. */
const LEAST = 0.7;
interface Figures {
	runs: number;
	named: number;
	wrong: number;
}

test(`the last mistake is named, and never one that was not made (${String(RUNS)} runs)`, async () => {
	const byKind = new Map<string, Figures>();
	const wrong: string[] = [];
	for (const mistakes of fc.sample(made, { numRuns: RUNS, seed: SEED })) {
		const files = filesOf(mistakes);
		if (!files) continue;
		const found = (await findingsOf(sandbox, { keyId: call.keyId, ...files })) ?? [];
		const { id, isNamed } = lastOf(mistakes);
		const isRight = found.every((finding) => isTrue(finding, mistakes));
		const figures = byKind.get(id) ?? { runs: 0, named: 0, wrong: 0 };
		byKind.set(id, figures);
		figures.runs++;
		if (isRight && isNamed(found[0])) figures.named++;
		if (isRight) continue;
		figures.wrong++;
		wrong.push(
			JSON.stringify({
				made: Object.values(mistakes as Record<string, { readonly id: string }>).map(
					(one) => one.id
				),
				found: found.map((finding) => ({ ...finding, undone: undefined })),
				file: bytesToBase64(mistakes.token ? files.importToken : files.encryptedKeyMaterial)
			})
		);
	}
	const kinds = [...byKind];
	const sum = (of: keyof Figures) => kinds.reduce((all, [, figures]) => all + figures[of], 0);
	const table = [...kinds, ['all', { runs: sum('runs'), named: sum('named') }] as const]
		.map(([id, { runs, named }]) => `${String(named)}/${String(runs)} ${id}`)
		.sort()
		.join('\n');
	const said = `seed ${String(SEED)}, named/runs:\n${table}`;
	expect(wrong.slice(0, 5), said).toEqual([]);
	expect(sum('named') / sum('runs'), said).toBeGreaterThanOrEqual(0.9);
	for (const [id, { runs, named }] of kinds)
		if (runs >= ENOUGH_RUNS) expect(named / runs, `${id}; ${said}`).toBeGreaterThanOrEqual(LEAST);
}, 600_000);
