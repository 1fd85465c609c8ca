/** What the engine is given: storage, fresh key pairs, identifiers and the system's time. */
import type { WrappingKeyPair } from '../crypto/wrapping-key-pair';
import type { Bytes } from '../domain/bytes';
import type { EpochMs } from '../domain/time';
import type { Store } from '../storage/open-store';

export interface EngineDeps {
	readonly store: Pick<Store, 'db' | 'serviceKeys'>;
	readonly keyPairs: { take(): Promise<WrappingKeyPair> };
	/** UUIDs, lower case. */
	readonly newId: () => string;
	readonly randomBytes: (length: number) => Bytes;
	readonly systemNowMs: () => EpochMs;
}
