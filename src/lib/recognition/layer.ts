/** A layer was put around the right bytes, on purpose or by mistake. Each kind can remove itself. */
import type { Bytes } from '../domain/bytes';

/** The content of a layer: bytes, or text that may hold more layers. */
export type Inside =
	| { readonly form: 'bytes'; readonly bytes: Bytes }
	| { readonly form: 'text'; readonly text: string };

/** The difference between two members of a kind. */
export type Detail =
	/** A character that does not belong there, and how many stand before it. */
	| { readonly character: string; readonly before: number }
	/** The code page that bytes were read with. */
	| { readonly codePage: string }
	/** The name in the lines of a PEM file. */
	| { readonly label: string };

export type Peeled = Inside & {
	readonly detail?: Detail;
	/** It may be a coincidence. Only a key proves it. */
	readonly isGuess?: true;
};

/** The facts about a layer that the search depends on. */
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
	/** @returns the possible contents, best first; empty if the file doesn’t have this layer */
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
