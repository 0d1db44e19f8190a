// Script task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('evaluates its expression', () => runs('script-task', { variables: { n: 2 }, path: ['start', 'double', 'end'] }));

test('a script that is no FEEL is refused', () => refuses('script-task', 'Element: x', "failed to parse expression '=1 +'"));
