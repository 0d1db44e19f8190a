// Parallel gateway: its two diagrams; its interplay is in gateways.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('takes all flows, and joins them again', () => runs('parallel-gateway', { drive: async (engine) => { await engine.work('one'); await engine.work('two'); }, path: ['start', 'fork', 'two', 'one', 'join', 'end'] }));

test('a condition on a flow that leaves it is refused', () => refuses('parallel-gateway', 'Element: x', 'Conditional sequence flows are only supported at exclusive or inclusive gateway'));
