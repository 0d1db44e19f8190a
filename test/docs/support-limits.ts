// The support page's table of limits, with the numbers of the code.
import { engineBodyLimit } from '../../api/mount-engine.ts';
import { bodyLimit } from '../../api/server.ts';
import { DEEPEST_CALL } from '../../engine/element/call-activity.ts';
import { timeLimit } from '../../engine/expression/builtin/pattern.ts';
import { depthBudget, textBudget, workBudget } from '../../engine/expression/compile/run.ts';
import { maxDepth, maxLength } from '../../engine/expression/compile/parse-feel.ts';
import { MOST_WAITING } from '../../engine/processing/overloaded.ts';
import { STEPS_AT_ONCE } from '../../engine/turn/pause.ts';
import { MOST_BODY_BYTES } from '../../engine/rest/contract.ts';
import { MAX_DEPTH } from '../../engine/rest/request/nests-too-deep.ts';

const mebibytes = (bytes: number) => `${count(bytes / 1024 / 1024)} MiB`;
const count = (value: number) => value.toLocaleString('en-US');

const limits: readonly (readonly [string, string, string])[] = [
  ['body of a request of the engine alone, and within the product (so also its variables, a document, a whole deployment)', mebibytes(MOST_BODY_BYTES), '413 problem; nothing happened'],
  ['body of a request to `/v2` of the product over HTTP', mebibytes(engineBodyLimit), '413 problem; nothing happened'],
  ['body of a request to `/api` of the product, so also the input of a case', mebibytes(bodyLimit), '413 problem; nothing happened'],
  ['one variable, all variables of an instance, one diagram', 'none of its own: the body that brings it', '–'],
  ['JSON in a request', `${count(MAX_DEPTH)} levels`, '400 problem'],
  ['commands that wait', count(MOST_WAITING), '503 RESOURCE_EXHAUSTED; send it again'],
  ['steps without a wait state in one transaction', count(STEPS_AT_ONCE), 'the rest goes on in slices beside the others, as long as it lasts; a loop is told in the log and in `longestTurnSteps`, and can be canceled. Loops that can be seen in the diagram are refused at deployment'],
  ['call activities within one another', count(DEEPEST_CALL), 'incident CALLED_ELEMENT_ERROR'],
  ['length of an expression', `${count(maxLength)} characters`, 'refused at deployment with element and line'],
  ['nesting of an expression', `${count(maxDepth)} levels`, 'refused at deployment with element and line'],
  ['work of one expression', `${count(workBudget)} evaluations`, 'incident EXTRACT_VALUE_ERROR that says so'],
  ['function calls and values within one another', count(depthBudget), 'incident EXTRACT_VALUE_ERROR that says so'],
  ['text that an expression makes', `${count(textBudget)} characters`, 'incident EXTRACT_VALUE_ERROR that says so'],
  ['time for one regular expression', `${count(timeLimit)} ms of the processor's time`, 'incident EXTRACT_VALUE_ERROR that says so'],
  ['elements of a diagram, nesting of sub-processes', 'none of its own; 5,000 elements and 100 levels are tested', '–'],
  ['DOCTYPE and entities in BPMN and DMN', 'not allowed', 'refused at deployment'],
];

export const limitsTable = (): string => ['| what | limit | beyond it |', '|---|---|---|', ...limits.map((row) => `| ${row.join(' | ')} |`)].join('\n');
