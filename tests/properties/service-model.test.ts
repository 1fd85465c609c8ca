/** Random lives of keys, with clock moves, undo and reloads: the service answers and stores what the plain model says. */
import { expect, test } from 'vitest';
import { checkLives, fewKeyPairs } from '../support/lives';
import { checkTwoTabs } from '../support/two-tabs-lives';
import { propertyRuns } from '../support/runs';

const LIVES = propertyRuns({ short: 200, long: 10_000 });
const TABS = LIVES / 10;

test(
	`${String(LIVES)} random lives of keys end as the model says`,
	{ timeout: LIVES * 2000 },
	async () => {
		await expect(checkLives(LIVES)).resolves.toBeUndefined();
	}
);

test(
	`${String(TABS)} times two tabs at once: the log's order explains every answer`,
	{ timeout: TABS * 4000 },
	async () => {
		await expect(checkTwoTabs(TABS, await fewKeyPairs())).resolves.toBeUndefined();
	}
);
