/**
 * No command that the product prints changes a file that exists: every one is run in a folder that holds the files it reads and
 * the file it would write, by the machine's own shell and by the terminal.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandsFor } from '$lib/customer/commands';
import { reads, writes, type FileAction } from '$lib/customer/file-actions';
import { posix } from '$lib/customer/posix';
import { render } from '$lib/customer/shell';
import { callFileNames, keyMaterialFileName } from '$lib/customer/file-names';
import type { NamedFile, NamedLayer } from '$lib/diagnosis/diagnosis';
import { WRAPPING_ALGORITHMS } from '$lib/domain/algorithms';
import { asciiToBytes, type Bytes } from '$lib/domain/bytes';
import { commandsOf } from '$lib/terminal/parse';
import { tell } from '$lib/ui/features/refusals/finding-text';
import type { ContentId } from '$lib/recognition/contents';
import {
	CONTENT_FIXES,
	LAYER_FIXES,
	materialFileRemedy,
	materialRemedy
} from '$lib/ui/features/refusals/file-remedies';
import { wrapAgain } from '$lib/ui/features/refusals/paddings';
import { explain } from '$lib/ui/features/refusals/refusals';
import { HAS_OPENSSL } from '../support/openssl';
import { openTerminal } from '../support/terminal';

const KEY_ID = '1a2b3c4d-0000-4000-8000-000000000000';
const files = callFileNames(KEY_ID, 2);

/** Every content by itself, and every layer around what is right. */
const NAMED: readonly NamedFile[] = [
	...(Object.keys(CONTENT_FIXES) as ContentId[]).map((content) => ({
		layers: [],
		content,
		bytes: 9
	})),
	...(Object.keys(LAYER_FIXES) as NamedLayer['id'][]).flatMap((id) => [
		{ layers: [{ id }], content: 'wrapped' as const, bytes: 256 },
		{ layers: [{ id }], content: 'material' as const, bytes: 32 }
	])
];

/** The printed commands, by where they are printed. */
function printed(): Map<string, readonly FileAction[]> {
	const all = new Map<string, readonly FileAction[] | undefined>();
	for (const algorithm of WRAPPING_ALGORITHMS) {
		for (const bound of [false, true])
			for (const material of [keyMaterialFileName(KEY_ID), "my key's.bin"])
				for (const step of commandsFor('openssl', { algorithm, material, bound, files }))
					all.set(`${step.id} ${algorithm} ${material} ${String(bound)}`, step.actions);
		all.set(`again ${algorithm}`, wrapAgain(KEY_ID, 2, algorithm));
	}
	for (const named of NAMED) {
		const name = [...named.layers.map(({ id }) => id), named.content].join(' ');
		for (const first of [{ is: 'notSet' }, { is: 'same', form: 'asRead' }] as const)
			all.set(`material ${name} ${first.is}`, materialRemedy(named, KEY_ID, first).actions);
		all.set(`file ${name}`, materialFileRemedy(named, KEY_ID).actions);
	}
	const named = { layers: [], content: 'otherBytes', bytes: 90 } as const;
	all.set('ciphertext', tell({ kind: 'notABlob', named, isHex: true }, KEY_ID).actions);
	for (const actualBytes of [0, 16, 31, 33, 44, 45, 64, 65])
		all.set(
			`refusal ${String(actualBytes)}`,
			explained('MaterialLengthInvalid', { actualBytes, requiredBytes: 32 })
		);
	all.set('refused', explained('MaterialDecryptFailed', {}));
	all.set('not a file', explained('InvalidParameter', { parameter: 'importToken' }));
	return new Map([...all].flatMap(([where, actions]) => (actions ? [[where, actions]] : [])));
}

const explained = (code: string, details: object): readonly FileAction[] | undefined =>
	explain({ code, message: '', details } as never).actions;

/** The files that a command names. */
function names(command: string): readonly string[] {
	const plain = command.replaceAll(String.raw`my key'\''s.bin`, '');
	const found = plain.match(/[A-Za-z][\w-]*\.(?:bin|hex|b64|txt|pem|der)/g) ?? [];
	return [...new Set([...found, ...(command.includes('my key') ? ["my key's.bin"] : [])])];
}

const contents = (names: readonly string[]): Map<string, Bytes> =>
	new Map(names.map((name) => [name, asciiToBytes(`the only copy: ${name}\n`)]));

describe.runIf(HAS_OPENSSL)('a command that is printed changes no file that exists', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'harmless-'));
	});
	afterEach(() => {
		rmSync(folder, { recursive: true });
	});

	const all = [...printed()];

	test('there are such commands, and the key of a CMK that is bound is never generated again', () => {
		expect(all.length).toBeGreaterThan(60);
		for (const [where, actions] of all)
			if (where.endsWith('true'))
				expect(
					actions.map(({ act }) => act),
					where
				).not.toContain('random');
	});

	test('a command names the files that its data says, and writes none that it reads', () => {
		for (const [where, actions] of all) {
			const written = actions.flatMap((action) => writes(action) ?? []);
			expect([...names(render(posix, actions))].sort(), where).toEqual(
				[...new Set([...actions.flatMap(reads), ...written])].sort()
			);
			for (const action of actions) expect(reads(action), where).not.toContain(writes(action));
		}
	});

	test.each(all)('%s', async (_where, actions) => {
		const command = render(posix, actions);
		const before = contents([...names(command), 'Other.bin', 'Other.hex']);
		for (const [name, content] of before) writeFileSync(join(folder, name), content);
		spawnSync('sh', ['-c', command], { cwd: folder });
		for (const [name, content] of before)
			expect(new Uint8Array(readFileSync(join(folder, name))), name).toEqual(content);
		expect(readdirSync(folder).sort()).toEqual([...before.keys()].sort());

		const terminal = openTerminal(before);
		for (const one of commandsOf(command)) await terminal.run(one);
		for (const [name, content] of before) expect(terminal.files.get(name), name).toEqual(content);
	});
});
