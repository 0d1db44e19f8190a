// Exclusive gateway: its two diagrams; its interplay is in gateways.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('takes the one flow whose condition holds', () => runs('exclusive-gateway', { variables: { n: 2 }, path: ['start', 'choose', 'high'] }));

test('a flow without condition is refused', () => refuses('exclusive-gateway', 'Element: flow-2', 'Must have a condition or be default flow'));
