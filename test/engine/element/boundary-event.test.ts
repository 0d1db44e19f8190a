// Boundary event: its two diagrams; its interplay is in timer-events and error-events.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('of a timer ends the task and goes its own way', () => runs('boundary-event', { drive: (engine) => engine.passTime(3_600_000), path: ['start', 'work:TERMINATED', 'late', 'given-up'] }));

test('an error boundary event that does not interrupt is refused', () => refuses('boundary-event', 'Element: x', 'an error boundary event must be interrupting'));
