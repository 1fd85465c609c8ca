/** A file's name in the diagnosis: what the recogniser found, without the bytes. */
import type { Bytes } from '../domain/bytes';
import { recognise, type Reading } from '../recognition/recognise';
import type { Candidate } from '../recognition/repairs';
import type { NamedFile, NamedLayer } from './diagnosis';

export const nameFile = (file: Bytes): NamedFile => named(recognise(file));

export function named({ layers, content, detail, bytes }: Reading): NamedFile {
	return { layers: withoutText(layers), content, ...(detail && { detail }), bytes: bytes?.length };
}

export const withoutText = (layers: Candidate['layers']): NamedLayer[] =>
	layers.flatMap(({ id, ...rest }) => (id === 'text' ? [] : [{ id, ...rest }]));
