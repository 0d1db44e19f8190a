// Start event: its two diagrams; its interplay is in timer-events and messages.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('begins a process', () => runs('start-event', { path: ['start', 'end'] }));

test('two none start events is refused', () => refuses('start-event', 'Element: bad', 'multiple none start events are not allowed'));
