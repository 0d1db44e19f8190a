// Inclusive gateway: its two diagrams; its interplay is in inclusive-and-event-based.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('takes each flow whose condition holds', () => runs('inclusive-gateway', { variables: { n: 2 }, path: ['start', 'choose', 'many', 'some'] }));

test('a flow without condition is refused', () => refuses('inclusive-gateway', 'Element: flow-2', 'Must have a condition or be default flow'));
