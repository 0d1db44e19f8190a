// User task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('is done by a person', () => runs('user-task', { drive: (engine) => engine.accepted({ type: 'user-task.complete', userTaskKey: engine.openTask().key, variables: {} }), path: ['start', 'review', 'end'] }));

test('a user task that is done by job workers is refused', () => refuses('user-task', 'Element: x', 'a user task that is done by job workers is not supported'));
