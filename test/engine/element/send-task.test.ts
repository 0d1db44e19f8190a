// Send task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('is done by a job worker', () => runs('send-task', { drive: (engine) => engine.work('work'), path: ['start', 'work', 'end'] }));

test('a send task without a job type is refused', () => refuses('send-task', 'Element: x', "must have exactly one 'zeebe:taskDefinition'"));
