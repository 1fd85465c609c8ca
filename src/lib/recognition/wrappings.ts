/** Text around text. The files beside this one have the functions, by where such text is from. */
import {
	dataOfUrl,
	mimeParts,
	pemBody,
	plusesOfUrl,
	unescapedHtml,
	unescapedQuotedPrintable,
	unescapedUrl
} from './carriers';
import { lookAlikes, withoutFullWidth, withoutInvisible } from './characters';
import {
	codeFence,
	labelled,
	lineEndsShown,
	mailQuoted,
	nameBehind,
	tableCells,
	withoutNumbers,
	withoutPrompt
} from './copied-text';
import { textLayer } from './layer';
import {
	ciphertextOfEnvelope,
	codeArray,
	codeStrings,
	escapedBreaks,
	jsonMembers,
	jsonString,
	nodeBuffer,
	pythonBytes,
	withoutQuotes
} from './program-text';

/** Each changes the text, or the text doesn’t have it. */
export const WRAPPINGS = [
	textLayer('invisibleCharacter', withoutInvisible),
	textLayer('fullWidth', withoutFullWidth),
	textLayer('pemLines', pemBody),
	textLayer('dataUrl', dataOfUrl),
	textLayer('pythonBytes', pythonBytes),
	textLayer('jsonString', jsonString),
	textLayer('azureEnvelope', ciphertextOfEnvelope),
	textLayer('jsonMember', jsonMembers, { hasSeveral: true }),
	textLayer('quotes', withoutQuotes),
	textLayer('mimePart', mimeParts),
	textLayer('quotedPrintable', unescapedQuotedPrintable),
	textLayer('urlEncoded', unescapedUrl, { fewestBytes: 16 }),
	textLayer('html', unescapedHtml),
	textLayer('blanksForPlus', plusesOfUrl),
	textLayer('nameBehind', nameBehind),
	textLayer('nodeBuffer', nodeBuffer),
	textLayer('label', labelled),
	textLayer('codeArray', codeArray),
	textLayer('codeString', codeStrings),
	// a shell asks once
	textLayer('prompt', withoutPrompt, { isOnce: true }),
	textLayer('codeFence', codeFence),
	textLayer('mailQuoted', mailQuoted),
	textLayer('lineNumbers', withoutNumbers),
	textLayer('lineEndsShown', lineEndsShown),
	textLayer('escapedBreaks', escapedBreaks),
	textLayer('table', tableCells),
	textLayer('lookAlike', lookAlikes, { isOnce: true })
] as const;
