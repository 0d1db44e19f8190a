// End event: its two diagrams; its interplay is in error-events and signal-and-escalation-events.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('of the kind terminate ends all else in its scope', () => runs('end-event', { drive: (engine) => engine.work('stop'), path: ['start', 'fork', 'stop', 'wait:TERMINATED', 'all'] }));

test('an end event with an outgoing flow is refused', () => refuses('end-event', 'Element: x', 'End events must not have outgoing sequence flows to other elements.'));
