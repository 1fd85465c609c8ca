/** What an operation answers: a value, or the one refusal that stopped it. Plain data, so it crosses threads whole. */
import type { Refusal } from './refusals';

export type Result<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
	ok: false,
	refusal
});
