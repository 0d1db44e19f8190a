// Intermediate catch event: its two diagrams; its interplay is in timer-events.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('waits for its timer', () => runs('intermediate-catch-event', { drive: (engine) => engine.passTime(3_600_000), path: ['start', 'wait', 'end'] }));

test('a catch event without definition is refused', () => refuses('intermediate-catch-event', 'Element: x', 'Event definition must be one of: message, timer, signal, or link'));
