/**
 * Which published vectors are kept, and in which form: one for RSA, one for AES. Numbers and bytes are hexadecimal, private
 * keys are JWKs.
 *
 * @typedef {Readonly<Record<string, unknown>>} Vector
 * @typedef {{ tests: readonly Vector[] } & Readonly<Record<string, unknown>>} Group
 * @typedef {{ algorithm: string, groups: readonly Group[] } & Readonly<Record<string, unknown>>} Contents
 *
 * @typedef {object} VectorSet
 * @property {string} name of the file
 * @property {string} what
 * @property {string} [trimmed] what of it was left out, and why
 * @property {readonly string[]} from files of the package
 * @property {Contents} contents
 *
 * @typedef {(read: (end: string) => Buffer) => VectorSet[]} Sets
 *
 * @typedef {{ hash: string, mask: string }} Pair a digest, and that of MGF1
 */

/**
 * @typedef {object} WycheproofGroup
 * @property {Record<string, string>} [privateKey]
 * @property {number} [keySize]
 * @property {number} [ivSize]
 * @property {number} [tagSize]
 * @property {readonly Vector[]} tests
 *
 * @typedef {{ notes: unknown, testGroups: readonly WycheproofGroup[] }} WycheproofFile
 */

const RSA_2048 = 'The other forms of each private key (PEM, PKCS #8).';
const AES_256 = 'Keys of 128 and 192 bits: key material has 256.';

/** @type {Sets} */
export function fromWycheproof(read) {
	/** @param {string} name */
	function load(name) {
		/** @type {unknown} */
		const file = JSON.parse(read(name).toString('utf8'));
		return /** @type {WycheproofFile} */ (file);
	}

	/**
	 * @param {string} file
	 * @param {string} name
	 * @param {string} what
	 * @param {{ algorithm: string } & Record<string, string>} about
	 * @returns {VectorSet}
	 */
	function rsa(file, name, what, about) {
		const { notes, testGroups } = load(file);
		const groups = testGroups.map(({ privateKey = {}, tests }) => ({
			privateKey: jwkOf(privateKey),
			tests
		}));
		return { name, what, trimmed: RSA_2048, from: [file], contents: { ...about, notes, groups } };
	}

	/**
	 * @param {string} file
	 * @param {string} name
	 * @param {string} what
	 * @param {{ algorithm: string, trimmed: string, isKept: (group: WycheproofGroup) => boolean }} how
	 * @returns {VectorSet}
	 */
	function aes(file, name, what, { algorithm, trimmed, isKept }) {
		const { notes, testGroups } = load(file);
		const groups = testGroups.filter(isKept).map(({ tests }) => ({ tests }));
		return { name, what, trimmed, from: [file], contents: { algorithm, notes, groups } };
	}

	/** @param {WycheproofGroup} group */
	const isOf256Bits = ({ keySize }) => keySize === 256;
	return [
		...[
			['SHA-1', 'SHA-1'],
			['SHA-256', 'SHA-1'],
			['SHA-256', 'SHA-256']
		].map(([hash = '', mgf1 = '']) => {
			const [digest, mask] = [hash, mgf1].map((one) => one.replace('-', '').toLowerCase());
			return rsa(
				`rsa_oaep_2048_${String(digest)}_mgf1${String(mask)}_test.json`,
				`wycheproof-oaep-${String(digest)}-mgf1${String(mask)}.json`,
				`RSA-OAEP decryption, ${hash} with MGF1 and ${mgf1}, 2048 bits`,
				{ algorithm: 'RSA-OAEP', hash, mgf1 }
			);
		}),
		rsa('rsa_pkcs1_2048_test.json', 'wycheproof-pkcs1.json', 'PKCS #1 v1.5 decryption, 2048 bits', {
			algorithm: 'RSAES-PKCS1-v1_5'
		}),
		aes('aes_gcm_test.json', 'wycheproof-aes-gcm.json', 'AES-256-GCM', {
			algorithm: 'AES-GCM',
			trimmed: `${AES_256} Nonces other than 96 bits and tags other than 128: nothing here makes or takes them.`,
			isKept: (group) => isOf256Bits(group) && group.ivSize === 96 && group.tagSize === 128
		}),
		aes('aes_wrap_test.json', 'wycheproof-aes-kw.json', 'AES-256 key wrap (RFC 3394)', {
			algorithm: 'AES-KW',
			trimmed: AES_256,
			isKept: isOf256Bits
		}),
		aes(
			'aes_kwp_test.json',
			'wycheproof-aes-kwp.json',
			'AES-256 key wrap with padding (RFC 5649)',
			{
				algorithm: 'AES-KWP',
				trimmed: AES_256,
				isKept: isOf256Bits
			}
		)
	];
}

/** Of each digest and each mask digest; the pair of SHA-1 twice is RSA Laboratories' own. */
const DIGESTS = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
/** Of each length. */
const NIST_KWP_KEPT = 20;

/** @type {Sets} */
export function fromCryptography(read) {
	const text = (/** @type {string} */ end) => read(end).toString('utf8');
	const pairs = DIGESTS.flatMap((hash) => DIGESTS.map((mask) => ({ hash, mask }))).filter(
		({ hash, mask }) => hash !== 'sha1' || mask !== 'sha1'
	);
	// the digest of the mask comes first in the name
	const pairFile = (/** @type {Pair} */ { hash, mask }) =>
		`RSA/oaep-custom/oaep-${mask}-${hash}.txt`;
	const pairText = (/** @type {Pair} */ { hash, mask }) => {
		const contents = text(pairFile({ hash, mask }));
		if (contents.includes(`alg=${hash} mgf1=${mask}\n`)) return contents;
		throw new Error(`${pairFile({ hash, mask })} is of another pair`);
	};
	const LABORATORIES = 'pkcs-1v2-1d2-vec/oaep-vect.txt';
	const PKCS1 = 'RSA/pkcs1v15crypt-vectors.txt';
	const GCM = 'AES/GCM/gcmDecrypt256.rsp';
	const KWP = 'kwtestvectors/KWP_AD_256.txt';
	const shorter = 'Keys of other sizes than 2048 bits: the service has none.';
	return [
		{
			name: 'rsa-laboratories-oaep.json',
			what: 'RSA Laboratories, RSA-OAEP with SHA-1, 2048 bits (pkcs-1v2-1d2-vec)',
			trimmed: shorter,
			from: [LABORATORIES],
			contents: {
				...{ algorithm: 'RSA-OAEP', hash: 'SHA-1', mgf1: 'SHA-1' },
				groups: of2048Bits(rsaGroups(text(LABORATORIES)))
			}
		},
		{
			name: 'rsa-laboratories-pkcs1.json',
			what: 'RSA Laboratories, PKCS #1 v1.5 encryption, 2048 bits',
			trimmed: shorter,
			from: [PKCS1],
			contents: {
				algorithm: 'RSAES-PKCS1-v1_5',
				groups: of2048Bits(rsaGroups(text(PKCS1)))
			}
		},
		{
			name: 'oaep-digest-pairs.json',
			what: 'RSA-OAEP with every other pair of a digest and a digest of MGF1, 2048 bits',
			trimmed: 'All keys but the first of each pair: 6 vectors for each pair stay.',
			from: pairs.map(pairFile),
			contents: {
				algorithm: 'RSA-OAEP',
				groups: pairs.map((pair) => ({
					hash: digestName(pair.hash),
					mgf1: digestName(pair.mask),
					...firstOf(of2048Bits(rsaGroups(pairText(pair))))
				}))
			}
		},
		{
			name: 'nist-aes-gcm.json',
			what: 'NIST CAVP, AES-256-GCM decryption',
			trimmed:
				'Nonces other than 96 bits and tags other than 128: nothing here makes or takes them.',
			from: [GCM],
			contents: {
				algorithm: 'AES-GCM',
				groups: responseGroups(text(GCM))
					.filter(({ about }) => about['IVlen'] === '96' && about['Taglen'] === '128')
					.map(({ tests }) => ({ tests: tests.map(gcmVector) }))
			}
		},
		{
			name: 'nist-aes-kwp.json',
			what: 'NIST CAVP, AES-256 key wrap with padding, decryption',
			trimmed: `All but the first ${String(NIST_KWP_KEPT)} of each length.`,
			from: [KWP],
			contents: {
				algorithm: 'AES-KWP',
				groups: responseGroups(text(KWP)).map(({ tests }) => ({
					tests: tests.slice(0, NIST_KWP_KEPT).map(kwpVector)
				}))
			}
		}
	];
}

const digestName = (/** @type {string} */ name) => name.replace('sha', 'SHA-');

/** @param {readonly Group[]} groups */
function firstOf([first]) {
	if (!first) throw new Error('there is no key of 2048 bits');
	return first;
}

/** @param {Vector} fields */
function gcmVector({ Count, Key, IV, AAD, CT, Tag, PT }) {
	const result = PT === undefined ? 'invalid' : 'valid';
	return { id: Count, key: Key, iv: IV, aad: AAD, ct: CT, tag: Tag, msg: PT ?? '', result };
}

/** @param {Vector} fields */
function kwpVector({ COUNT, K, C, P }) {
	return { id: COUNT, key: K, ct: C, msg: P ?? '', result: P === undefined ? 'invalid' : 'valid' };
}

/**
 * `# Name:` and hexadecimal lines below it. A private key, then its messages.
 *
 * @param {string} text
 * @returns {(Group & { modulusBytes: number })[]}
 */
function rsaGroups(text) {
	/** @type {{ key: Record<string, string>, tests: Record<string, string>[] }[]} */
	const found = [];
	/** @type {Record<string, string> | undefined} */
	let place;
	let field = '';
	for (const line of text.split(/\r?\n/)) {
		const name = /^# ([A-Za-z][A-Za-z 0-9]*):?$/.exec(line.trimEnd())?.[1];
		if (name === 'Private key') {
			place = {};
			found.push({ key: place, tests: [] });
		} else if (name === 'Message') {
			place = {};
			found.at(-1)?.tests.push(place);
		} else if (name === 'Public key') place = undefined;
		if (name !== undefined) field = name;
		else if (place && /^[0-9a-f ]+$/i.test(line))
			place[field] = `${place[field] ?? ''}${line.replaceAll(' ', '')}`;
	}
	return found.map(({ key, tests }) => ({
		modulusBytes: (key['Modulus'] ?? '').length / 2,
		privateKey: jwkOf({
			...{ modulus: key['Modulus'] ?? '', publicExponent: key['Public exponent'] ?? '' },
			...{ privateExponent: key['Exponent'] ?? '', prime1: key['Prime 1'] ?? '' },
			...{ prime2: key['Prime 2'] ?? '', exponent1: key['Prime exponent 1'] ?? '' },
			...{ exponent2: key['Prime exponent 2'] ?? '', coefficient: key['Coefficient'] ?? '' }
		}),
		tests: tests.map((fields, index) => ({
			id: index + 1,
			msg: even(fields['Message'] ?? ''),
			...(fields['Seed'] !== undefined && { seed: fields['Seed'] }),
			ct: even(fields['Encryption'] ?? ''),
			result: 'valid'
		}))
	}));
}

/**
 * @param {readonly (Group & { modulusBytes: number })[]} groups
 * @returns {Group[]}
 */
const of2048Bits = (groups) =>
	groups
		.filter(({ modulusBytes }) => modulusBytes === 256)
		.map(({ privateKey, tests }) => ({ privateKey, tests }));

/**
 * `[Name = value]` for what follows, then `Name = value` of one vector after the other, with empty lines between.
 *
 * @param {string} text
 */
function responseGroups(text) {
	/** @type {{ about: Record<string, string>, tests: Record<string, string>[] }[]} */
	const groups = [];
	let isHead = false;
	for (const block of text.split(/(?:\r?\n){2,}/))
		for (const line of block.split(/\r?\n/)) {
			const [, head, name = '', value = ''] = /^(\[?)([^=\]]+?) = ?([^\]]*)\]?$/.exec(line) ?? [];
			if (head === '[') {
				if (!isHead) groups.push({ about: {}, tests: [] });
				const group = groups.at(-1);
				if (group) group.about[name] = value.trim();
				isHead = true;
			} else if (/^count$/i.test(name)) {
				isHead = false;
				groups.at(-1)?.tests.push({ [name]: value.trim() });
			} else {
				const vector = groups.at(-1)?.tests.at(-1);
				if (vector && name !== '') vector[name] = value.trim();
			}
		}
	return groups;
}

const even = (/** @type {string} */ digits) => (digits.length % 2 === 0 ? digits : `0${digits}`);

/** @param {Readonly<Record<string, string>>} numbers hexadecimal, as Wycheproof names them */
function jwkOf(numbers) {
	const number = (/** @type {string} */ name) => {
		const digits = even((numbers[name] ?? '').replace(/^(?:00)+/, ''));
		if (digits === '') throw new Error(`a private key has no ${name}`);
		return Buffer.from(digits, 'hex').toString('base64url');
	};
	return {
		...{ kty: 'RSA', n: number('modulus'), e: number('publicExponent') },
		...{ d: number('privateExponent'), p: number('prime1'), q: number('prime2') },
		...{ dp: number('exponent1'), dq: number('exponent2'), qi: number('coefficient') }
	};
}
