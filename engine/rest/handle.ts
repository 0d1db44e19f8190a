// The facade: a request finds its operation, the operation answers, and nothing that a client sends ends in a 500.
import type { Core } from '../core.ts';
import { toResponse, type Answer } from './answer.ts';
import type { RestHandler, RestRequest } from './contract.ts';
import { operations } from './operations/index.ts';
import { isDiskFull } from '../store/is-disk-full.ts';
import { Overloaded } from '../processing/overloaded.ts';
import { defect, methodNotAllowed, outOfDiskSpace, overloaded, shuttingDown, unknownPath } from './problem.ts';
import { inTrace } from './in-trace.ts';
import { createRouter } from './router.ts';

const route = createRouter(operations);

export type RestOptions = {
  /** Told of our own defects; the caller gets a 500 without their text. */
  readonly onDefect: (error: unknown, request: RestRequest) => void;
  /** True once the engine closes: requests are turned away with words that clients retry on. */
  readonly isClosing: () => boolean;
};

/** The handler of everything below `/v2`. */
export function createRestHandler(core: Core, { onDefect, isClosing }: RestOptions): RestHandler {
  return (request) => inTrace(request, async () => {
    let answer: Answer;
    try {
      answer = isClosing() ? shuttingDown() : await answerOf(core, request);
      if (request.repeatsHarmlessly !== true) core.flush();
    } catch (error) {
      if (isClosing()) answer = shuttingDown();
      else if (isDiskFull(error)) answer = outOfDiskSpace();
      else if (error instanceof Overloaded) answer = overloaded(error.message);
      else {
        onDefect(error, request);
        answer = defect();
      }
    }
    return toResponse(answer, request.path);
  });
}

/** Whether there is an operation for it that is offered. */
export function isOffered({ method, path }: Pick<RestRequest, 'method' | 'path'>): boolean {
  const found = route(method, path.split('?', 1)[0] ?? '');
  return found.kind === 'found' && found.operation.missing === undefined;
}

function answerOf(core: Core, request: RestRequest): Answer | Promise<Answer> {
  const question = request.path.indexOf('?');
  const path = question < 0 ? request.path : request.path.slice(0, question);
  const found = route(request.method, path);
  switch (found.kind) {
    case 'found':
      return found.operation.answer({
        core, request, parameters: found.parameters, query: new URLSearchParams(question < 0 ? '' : request.path.slice(question + 1)),
      });
    case 'unknown-path':
      return unknownPath(`/v2${path}`);
    case 'unknown-method':
      return methodNotAllowed(request.method);
    default:
      return found satisfies never;
  }
}
