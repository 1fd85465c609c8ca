/** Explains refusals from what the sandbox alone can know. */
import type { EpochMs } from '../domain/time';
import type { Store } from '../storage/open-store';
import type { Diagnostician } from './diagnosis';

export interface DiagnosisDeps {
	readonly store: Pick<Store, 'db' | 'serviceKeys'>;
	readonly systemNowMs: () => EpochMs;
}

export function createDiagnostician(_deps: DiagnosisDeps): Diagnostician {
	return { diagnose: () => Promise.resolve({ checks: [], findings: [] }) };
}
