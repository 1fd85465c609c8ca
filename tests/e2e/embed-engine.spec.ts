/** The engine of a demo under the policy of its page: in a worker of its own, with an origin and without one. */
import type { Remote } from 'comlink';
import type { EmbedEngine } from '../../src/lib/embed/engine/api';
import type { RunReference, RunView } from '../../src/lib/learn/learn';
import type { WatchMessage } from '../../src/lib/worker/api';
import { expect, test } from './support';

const HOSTS = {
	'in a frame with its origin': '<iframe src="/embed/first-import.html"></iframe>',
	'in a frame without an origin':
		'<iframe sandbox="allow-scripts" src="/embed/first-import.html"></iframe>'
};

for (const [where, html] of Object.entries(HOSTS))
	test(`a whole lesson is played ${where} @firefox`, async ({ page, ownApp }) => {
		ownApp.change(/notices\.html$/, () => `<!doctype html>${html}`);
		await page.goto(`${ownApp.origin}/notices.html`);
		const frame = page.frames()[1];
		if (!frame) throw new Error('there is no frame');
		// from then on the run is open
		await expect(frame.getByText('Step 1 of 7')).toBeVisible();
		const answers = await frame.evaluate(async () => {
			const door = globalThis as { kmsEmbedDoor?: Promise<Remote<EmbedEngine>> };
			const engine = await door.kmsEmbedDoor;
			if (!engine) throw new Error('no engine was started');
			const { port1, port2 } = new MessageChannel();
			const shown = new Promise<RunReference>((tell) => {
				port1.onmessage = ({ data }: MessageEvent<WatchMessage<RunView | null>>) => {
					if (data.ok && data.rows) tell(data.rows.run);
				};
			});
			// Comlink's `transfer` is inside the app, so the message that names the port hands it over here
			for (const sender of [Worker.prototype, MessagePort.prototype]) {
				const { postMessage: post } = sender as { postMessage: (...args: unknown[]) => void };
				sender.postMessage = function (this: unknown, message: unknown, ...more: unknown[]) {
					const isWatch = String((message as { path?: unknown }).path) === 'watch';
					if (isWatch) sender.postMessage = post;
					Reflect.apply(post, this, isWatch ? [message, [port2]] : [message, ...more]);
				};
			}
			void engine.watch('run', [], port2);
			const run = await shown;
			const atStart = await engine.learn.finish(run);
			await engine.learn.showSolution(run);
			for (let index = 0; (await engine.learn.performNext(run, index)).ok; index++);
			const { start } = await engine.stateScenario();
			return {
				atStart,
				atEnd: await engine.learn.finish(run),
				storage: await engine.storageMode(),
				done: start.map((action) => action.do)
			};
		});
		expect(answers).toMatchObject({
			atStart: { problem: 'NotReached' },
			atEnd: { ok: true },
			storage: 'memory'
		});
		expect(answers.done).toContain('ImportKeyMaterial');
	});
