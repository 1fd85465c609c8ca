/** The engine of a demo under the policy of its page: in a worker of its own, with an origin and without one. */
import type { Remote } from 'comlink';
import type { EmbedEngine } from '../../src/lib/embed/engine/api';
import { expect, test } from './support';

const HOSTS = {
	'in a frame with its origin': '<iframe src="/embed/first-import.html"></iframe>',
	'in a frame without an origin':
		'<iframe sandbox="allow-scripts" src="/embed/first-import.html"></iframe>'
};

for (const [where, html] of Object.entries(HOSTS))
	test(`a whole lesson is played ${where} @firefox`, async ({ page }) => {
		await page.route('**/host.html', (route) =>
			route.fulfill({ contentType: 'text/html', body: `<!doctype html>${html}` })
		);
		await page.goto('/host.html');
		const frame = page.frames()[1];
		if (!frame) throw new Error('there is no frame');
		// from then on the run is open
		await expect(frame.getByText('Step 1 of 7')).toBeVisible();
		const answers = await frame.evaluate(async () => {
			const door = globalThis as { kmsEmbedDoor?: Promise<Remote<EmbedEngine>> };
			const engine = await door.kmsEmbedDoor;
			if (!engine) throw new Error('no engine was started');
			const atStart = await engine.learn.finish();
			await engine.learn.showSolution();
			for (let index = 0; await engine.learn.performNext(index); index++);
			const { start } = await engine.stateScenario();
			return {
				atStart,
				atEnd: await engine.learn.finish(),
				storage: await engine.storageMode(),
				done: start.map((action) => action.do)
			};
		});
		expect(answers).toMatchObject({ atStart: false, atEnd: true, storage: 'memory' });
		expect(answers.done).toContain('ImportKeyMaterial');
	});
