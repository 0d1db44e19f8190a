// The clock of tests: stop it at an instant, let it go.
import { z } from 'zod';
import { noContent } from '../answer.ts';
import { operation } from '../operation.ts';
import { invalidValue } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int64 } from '../request/fields.ts';

/** The last instant a JavaScript date can show. */
const LAST_INSTANT = 8_640_000_000_000_000;

const timestamp = int64.transform((value, { issues }) =>
  value >= 0 && value <= LAST_INSTANT ? value : refuse(issues, () => invalidValue('timestamp', value, 'not negative and a date')),
);

export const clockOperations = [
  operation({
    operationId: 'pinClock', method: 'PUT', path: '/clock', body: z.strictObject({ timestamp }),
    answer: ({ core, body }) => {
      core.clock.pin(body.timestamp);
      return noContent;
    },
  }),
  operation({
    operationId: 'resetClock', method: 'POST', path: '/clock/reset',
    answer: ({ core }) => {
      core.clock.reset();
      return noContent;
    },
  }),
];
