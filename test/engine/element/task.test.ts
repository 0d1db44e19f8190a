// Undefined task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('is passed', () => runs('task', { path: ['start', 'anything', 'end'] }));

test('a standard loop is refused', () => refuses('task', 'Element: x', "'bpmn:StandardLoopCharacteristics' is not supported"));
