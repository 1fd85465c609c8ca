import { describe, expect, test } from 'vitest';
import { DAY_MS, type UpcomingEvent } from '../../src/lib/domain/time';
import { expiringSoon } from '../../src/lib/install/expiring-soon';
import { wayWithoutPrompt } from '../../src/lib/install/ways';

const NOW = Date.UTC(2026, 0, 1);

describe('the badge counts', () => {
	const event = (kind: UpcomingEvent['kind'], atMs: number): UpcomingEvent => ({
		kind,
		atMs,
		keyId: 'key'
	});

	test.each([
		['material that expires within a day', event('materialExpires', NOW + 1), 1],
		['the last millisecond of the day too', event('materialExpires', NOW + DAY_MS), 1],
		['none that expires later', event('materialExpires', NOW + DAY_MS + 1), 0],
		['none that has expired and is not recorded yet', event('materialExpires', NOW), 0],
		['no token', event('tokenExpires', NOW + 1), 0],
		['no removal', event('materialRemoved', NOW + 1), 0],
		['no deletion', event('cmkDeleted', NOW + 1), 0]
	])('%s', (_, upcoming, count) => {
		expect(expiringSoon([upcoming], NOW)).toBe(count);
	});
});

test.each([
	['Chromium without an offer', true, false, 10, 'menu'],
	['Safari on an iPhone, and every other browser there', false, true, 5, 'homeScreen'],
	['Safari on a Mac', false, true, 0, 'dock'],
	['Firefox', false, false, 0, 'none'],
	['Firefox on a telephone', false, false, 5, 'none']
] as const)('%s', (_, installPrompt, gestureEvent, maxTouchPoints, way) => {
	expect(wayWithoutPrompt({ installPrompt, gestureEvent, maxTouchPoints })).toBe(way);
});
