// Event-based gateway: its two diagrams; its interplay is in inclusive-and-event-based.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('goes the way of the event that comes first', () => runs('event-based-gateway', { drive: (engine) => engine.passTime(3_600_000), path: ['start', 'race', 'late', 'a'] }));

test('an event-based gateway with one way is refused', () => refuses('event-based-gateway', 'Element: x', 'Event-based gateway must have at least 2 outgoing sequence flows.'));
