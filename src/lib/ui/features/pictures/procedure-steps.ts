/** The procedure in four steps: who does what, and who holds which bytes afterwards. */
import { MATERIAL_BYTES, PUBLIC_KEY_BYTES, WRAPPED_BYTES } from '$lib/domain/algorithms';
import type { KeyState } from '$lib/domain/key';
import { m } from '$lib/paraglide/messages';

type Thing = { readonly name: string; readonly length: string } | { readonly state: KeyState };

export const PARTIES = ['customer', 'wire', 'kms'] as const;
export type Party = (typeof PARTIES)[number];

export interface Step extends Readonly<Record<Party, readonly Thing[]>> {
	readonly title: string;
	readonly text: string;
	/** Which way the bytes on the wire go. */
	readonly to?: 'customer' | 'kms';
}

export function procedureSteps(): readonly Step[] {
	const publicKey = {
		name: m.shell_flow_public_key(),
		length: m.shell_bytes({ bytes: PUBLIC_KEY_BYTES })
	};
	const token = { name: m.shell_flow_token(), length: m.shell_flow_24_hours() };
	const material = {
		name: m.shell_flow_material(),
		length: m.shell_bytes({ bytes: MATERIAL_BYTES })
	};
	const encrypted = {
		name: m.shell_flow_encrypted(),
		length: m.shell_bytes({ bytes: WRAPPED_BYTES })
	};
	return [
		{
			title: m.shell_step_create(),
			text: m.shell_step_create_text(),
			customer: [],
			wire: [],
			kms: [{ state: 'PENDING_IMPORT' }]
		},
		{
			title: m.shell_step_parameters(),
			text: m.shell_step_parameters_text(),
			customer: [],
			wire: [publicKey, token],
			to: 'customer',
			kms: [{ name: m.shell_flow_private_key(), length: m.shell_flow_stays() }]
		},
		{
			title: m.shell_step_encrypt(),
			text: m.shell_step_encrypt_text(),
			customer: [material, encrypted],
			wire: [],
			kms: []
		},
		{
			title: m.shell_step_upload(),
			text: m.shell_step_upload_text(),
			customer: [],
			wire: [encrypted, token],
			to: 'kms',
			kms: [{ state: 'ENABLED' }]
		}
	];
}
