/** The lives of keys of the property test, over a real database. */
import { expect, inject, test } from 'vitest';
import { checkLives, fewKeyPairs } from '../support/lives';
import { checkTwoTabs } from '../support/two-tabs-lives';

const LIVES = inject('lives');
const TABS = Math.ceil(LIVES / 4);

test(
	'random lives of keys end as the model says, in a real database',
	{ timeout: LIVES * 10_000 },
	async () => {
		await expect(checkLives(LIVES)).resolves.toBeUndefined();
	}
);

test(
	'two tabs at once, over one real database: the log’s order explains every answer',
	{ timeout: TABS * 20_000 },
	async () => {
		await expect(checkTwoTabs(TABS, await fewKeyPairs())).resolves.toBeUndefined();
	}
);
