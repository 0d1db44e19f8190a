// User task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('is done by a person', () => runs('user-task', { drive: (engine) => engine.accepted({ type: 'user-task.complete', userTaskKey: engine.openTask().key, variables: {} }), path: ['start', 'review', 'end'] }));

test('one that a job worker does has no task listeners', () => refuses('user-task', 'Element: x', 'Task listeners are only allowed on Camunda user tasks'));
