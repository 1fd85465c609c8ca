/** The schema that editors use is made of the one that the app checks with. `npm run schema` writes it anew. */
import { toJsonSchema } from '@valibot/to-json-schema';
import prettier from 'prettier';
import { expect, test } from 'vitest';
import { actionSchema, conditionSchema, scenarioSchema } from '$lib/scenario/format';

test('the published JSON Schema is that of the format', async () => {
	const schema = {
		title: 'Scenario of the KMS Import Sandbox',
		...toJsonSchema(scenarioSchema, {
			// what it cannot say is only looked at more closely by the app
			errorMode: 'ignore',
			definitions: { Action: actionSchema, Condition: conditionSchema }
		})
	};
	const options = await prettier.resolveConfig('static/scenario.schema.json');
	const text = await prettier.format(JSON.stringify(schema), { ...options, parser: 'json' });
	await expect(text).toMatchFileSnapshot('../../static/scenario.schema.json');
});
