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

export type Peeled = Inside & {
	readonly detail?: Detail;
	/** It may be a coincidence. Only a key proves it. */
	readonly isGuess?: true;
};

/** What the search for the layers of a file has to know about one of them. */
export interface Traits {
	/** Is looked for in long files too. Other forms of the service’s files are shorter. */
	readonly isOfLongFiles?: true;
	/** A second one around the same bytes is a coincidence. */
	readonly isOnce?: true;
	/** Holds several values, and the user meant one of them. */
	readonly hasSeveral?: true;
	/** Holds bytes as digits. From this number on they are more than text, even if their content has no name. */
	readonly fewestBytes?: number;
	/** Some programs print two or four bytes as one number, with the bytes in the order of the processor. */
	readonly isOfNumbers?: true;
}

export interface Layer<Id extends string = string> extends Traits {
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

export const SHORTEST_VALUE = 16;
const MOST_VALUES = 4;

/** @returns the longest of several values, one of which was meant */
export const longest = (texts: readonly string[]): Peeled[] =>
	texts
		.filter((one) => one.trim().length >= SHORTEST_VALUE)
		.sort((a, b) => b.length - a.length)
		.slice(0, MOST_VALUES)
		.map((text) => ({ form: 'text', text }));

/** A layer of text. */
export const textLayer = <const Id extends string>(
	id: Id,
	peel: Peel<string>,
	traits?: Traits
): Layer<Id> => ({
	id,
	peel: (content) => (content.form === 'text' ? all(peel(content.text)) : []),
	...traits
});

/** A layer of bytes. */
export const bytesLayer = <const Id extends string>(
	id: Id,
	peel: Peel<Bytes>,
	traits?: Traits
): Layer<Id> => ({
	id,
	peel: (content) => (content.form === 'bytes' ? all(peel(content.bytes)) : []),
	...traits
});
