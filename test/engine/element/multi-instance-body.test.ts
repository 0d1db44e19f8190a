// Multi-instance body: its two diagrams; its interplay is in multi-instance.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('runs its activity once per item, one after the other', () => runs('multi-instance-body', { drive: async (engine) => { await engine.work('work'); await engine.work('work'); }, path: ['start', 'work', 'work', 'work', 'end'] }));

test('multi-instance without a collection is refused', () => refuses('multi-instance-body', 'Element: x', "Must have exactly one 'zeebe:loopCharacteristics' extension element"));
