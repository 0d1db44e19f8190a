// Manual task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('is passed', () => runs('manual-task', { path: ['start', 'by-hand', 'end'] }));

test('a manual task with a job type is refused', () => refuses('manual-task', 'Element: x', "'zeebe:TaskDefinition' is not supported on a ManualTask"));
