/** A file's name in the diagnosis: what the recogniser found, without the bytes of the file. */
import type { Bytes } from '../domain/bytes';
import type { Detail } from '../recognition/layer';
import { recognise, type Reading } from '../recognition/recognise';
import type { Candidate } from '../recognition/repairs';
import type { NamedFile, NamedLayer, SecretDetail } from './diagnosis';

export const nameFile = (file: Bytes): NamedFile => recognise(file, named);

export function named({ layers, content, detail, bytes }: Reading): NamedFile<Detail> {
	return { layers: withoutText(layers), content, ...(detail && { detail }), bytes: bytes?.length };
}

/** Of a plaintext. */
export function namedSecret({ layers, content, detail, bytes }: Reading): NamedFile<SecretDetail> {
	return {
		layers: secretLayers(layers),
		content,
		...(detail && { detail: withheld(detail) }),
		bytes: bytes?.length
	};
}

export const secretLayers = (layers: Candidate['layers']): NamedLayer<SecretDetail>[] =>
	withoutText(layers).map(({ id, detail }) => ({
		id,
		...(detail && { detail: withheld(detail) })
	}));

export const withoutText = (layers: Candidate['layers']): NamedLayer<Detail>[] =>
	layers.flatMap(({ id, ...rest }) => (id === 'text' ? [] : [{ id, ...rest }]));

function withheld(detail: Detail): SecretDetail {
	if ('codePage' in detail) return { codePage: detail.codePage };
	return 'character' in detail
		? { withheld: 'character', before: detail.before }
		: { withheld: 'label' };
}
