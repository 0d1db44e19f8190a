// The support page's list of differences of random processes that have a reason.
import { knownDeviations, knownFailures } from '../conformance/random/known-deviations.ts';

export const deviationsList = (): string => [...knownDeviations, ...knownFailures].map(({ name, because }) => `- ${name}: ${because}.`).join('\n');
