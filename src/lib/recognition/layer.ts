/** A layer is what was put around the right bytes, on purpose or by mistake: each kind knows how to take itself off. */
import type { Bytes } from '../domain/bytes';

/** What is left when a layer is taken off: bytes, or text that may hold more layers. */
export type Inside =
	| { readonly form: 'bytes'; readonly bytes: Bytes }
	| { readonly form: 'text'; readonly text: string };

/** What tells one member of a kind from the next. */
export type Detail =
	/** A character that does not belong there, and how many stand before it. */
	| { readonly character: string; readonly before: number }
	/** The code page that bytes were read with. */
	| { readonly codePage: string }
	/** What a PEM file calls itself. */
	| { readonly label: string };

export type Peeled = Inside & { readonly detail?: Detail };

export interface Layer<Id extends string = string> {
	readonly id: Id;
	/** @returns what may be inside, best first; empty if the layer is not there */
	readonly peel: (content: Inside) => readonly Peeled[];
}

type Peel<Content> = (content: Content) => Peeled | readonly Peeled[] | undefined;

const all = (peeled: Peeled | readonly Peeled[] | undefined): readonly Peeled[] =>
	peeled === undefined ? [] : 'form' in peeled ? [peeled] : peeled;

export const asBytes = (bytes: Bytes | undefined, detail?: Detail): Peeled | undefined =>
	bytes && { form: 'bytes', bytes, ...(detail && { detail }) };

export const asText = (text: string | undefined, detail?: Detail): Peeled | undefined =>
	text === undefined ? undefined : { form: 'text', text, ...(detail && { detail }) };

/** A layer of text. */
export const textLayer = <const Id extends string>(id: Id, peel: Peel<string>): Layer<Id> => ({
	id,
	peel: (content) => (content.form === 'text' ? all(peel(content.text)) : [])
});

/** A layer of bytes. */
export const bytesLayer = <const Id extends string>(id: Id, peel: Peel<Bytes>): Layer<Id> => ({
	id,
	peel: (content) => (content.form === 'bytes' ? all(peel(content.bytes)) : [])
});
