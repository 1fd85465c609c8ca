/** What a frame makes of its scenario and of what its host says, apart from a page. */
import { expect, test } from 'vitest';
import { DRILLS, LESSONS } from '../../src/lib/course/catalogue';
import { DEMOS } from '../../src/lib/embed/demos';
import type { HostLink } from '../../src/lib/embed/frame/globals';
import { HostPort, type Handlers } from '../../src/lib/embed/frame/host-port';
import { hrefOf, placeOf, type Shown } from '../../src/lib/embed/frame/places';
import { partsOf, shownAtStep } from '../../src/lib/embed/frame/scenario-parts';
import { activityOf } from '../../src/lib/embed/frame/xapi';
import { DEFAULT_PARAMETERS } from '../../src/lib/embed/parameters';
import type { FromEmbed } from '../../src/lib/embed/protocol';

const PLACES: readonly Shown[] = [
	'create',
	'parameters',
	'encrypt',
	'upload',
	'expiry',
	'use',
	'keys',
	'log'
];

test.each(PLACES)('the address of %s leads to it', (shown) => {
	expect(placeOf(hrefOf(shown, 'a-key'))).toMatchObject({ shown });
});

test('without a CMK the list says what to do', () => {
	expect(placeOf(hrefOf('upload', undefined))).toEqual({ shown: 'keys' });
});

test.each(
	DEMOS.filter(({ kind }) => kind === 'step').map(({ name, scenario }) => [name, scenario] as const)
)('the demo of the step %s shows that part alone', (name, scenario) => {
	expect(partsOf(scenario, DEFAULT_PARAMETERS)).toEqual([name]);
});

test('every step of every lesson that has a page has a place', () => {
	const lost = LESSONS.flatMap((lesson) =>
		lesson.steps.filter((step) => step.page !== undefined && !shownAtStep(step, lesson))
	);
	expect(lost).toEqual([]);
});

test('the first import goes through the procedure in its order', () => {
	const lesson = LESSONS.find(({ id }) => id === 'first-import');
	expect(lesson?.steps.map((step) => shownAtStep(step, lesson))).toEqual([
		'create',
		'parameters',
		'encrypt',
		'encrypt',
		'upload',
		'upload',
		'upload'
	]);
});

test('a drill does not tell by its parts where its cause is', () => {
	const [all] = new Set(DRILLS.map((drill) => partsOf(drill, DEFAULT_PARAMETERS).join()));
	expect(all).toBe('create,parameters,encrypt,upload,expiry,use');
});

interface Line {
	readonly sent: FromEmbed[];
	readonly say: (message: unknown) => void;
}

function line(handlers: Partial<Handlers> = {}, nowMs: () => number = () => 0): Line {
	const sent: FromEmbed[] = [];
	let say: Line['say'] = () => undefined;
	const link: HostLink = {
		send: (message) => sent.push(message),
		listen: (tell) => {
			say = tell;
		}
	};
	const done = () => ({ ok: true, value: null }) as const;
	new HostPort(link).answer(
		{ reset: done, goTo: done, setClock: done, getState: done, ...handlers },
		nowMs
	);
	return { sent, say };
}

const call = (n: number, method = 'reset', args: unknown[] = []) => ({
	type: 'call',
	n,
	method,
	args
});

test('a call is answered with what came of it', async () => {
	const { sent, say } = line({ goTo: () => ({ ok: false, code: 'NoSuchStep' }) });
	say(call(1));
	say(call(2, 'goTo', [9]));
	await Promise.resolve();
	await Promise.resolve();
	expect(sent).toEqual([
		{ type: 'answer', n: 1, ok: true, value: null },
		{ type: 'answer', n: 2, ok: false, code: 'NoSuchStep' }
	]);
});

test('a call that is played again is not made again', async () => {
	const { sent, say } = line();
	say(call(5));
	say(call(5));
	say(call(4));
	await Promise.resolve();
	await Promise.resolve();
	expect(sent).toHaveLength(1);
});

test.each([[null], ['reset'], [{ type: 'call' }], [call(1, 'toString')], [call(-1)], [[call(1)]]])(
	'%j is no call',
	async (message) => {
		const { sent, say } = line();
		say(message);
		await Promise.resolve();
		expect(sent).toEqual([]);
	}
);

test('a host that calls all the time is heard twenty times a second, and told so', async () => {
	let nowMs = 0;
	const { sent, say } = line({}, () => nowMs);
	for (let n = 0; n < 50; n++) say(call(n));
	await Promise.resolve();
	await Promise.resolve();
	const codes = () => sent.map((answer) => ('code' in answer ? answer.code : 'made'));
	expect(codes().filter((code) => code === 'made')).toHaveLength(20);
	expect(codes().filter((code) => code === 'TooMany')).toHaveLength(30);
	expect(sent).toContainEqual({ type: 'answer', n: 49, ok: false, code: 'TooMany' });
	nowMs = 1000;
	say(call(60));
	await Promise.resolve();
	await Promise.resolve();
	expect(codes().at(-1)).toBe('made');
});

test('beyond the limit, what has no number of its own is not answered', async () => {
	const { sent, say } = line();
	for (let n = 0; n < 20; n++) say(call(n));
	await Promise.resolve();
	await Promise.resolve();
	for (const message of [null, 'reset', {}, { n: 'x' }, { n: 1.5 }, { n: 2 ** 60 }, call(19)])
		say(message);
	expect(sent).toHaveLength(20);
});

test.each([
	['2026-03-03T09:00:00Z', true],
	['2026-03-03T09:00Z', true],
	['2026-03-03T09:00:00.123Z', true],
	['2026-03-03', false],
	['2026-03-03T09:00:00+08:00', false],
	['2026-13-03T09:00:00Z', false],
	['Tue, 03 Mar 2026 09:00:00 GMT', false]
])('that the clock may be moved to %s is %s', async (to, isRead) => {
	const { sent, say } = line();
	say(call(1, 'setClock', [{ to }]));
	await Promise.resolve();
	await Promise.resolve();
	expect(sent).toHaveLength(isRead ? 1 : 0);
});

test('the activity of a statement is the page, and of a scenario in the address the scenario', () => {
	const page = 'https://learn.example/kms/embed/';
	const scenario = { id: 'own-one' };
	expect(activityOf('upload', scenario, `${page}upload.html?exam=1#x`)).toBe(`${page}upload.html`);
	expect(activityOf('scenario', scenario, `${page}scenario.html?lang=en#s=AbC`)).toBe(
		`${page}scenario.html#own-one`
	);
});
