// Intermediate throw event: its two diagrams; its interplay is in signal-and-escalation-events.test.ts.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('of a link leads to its catch event', () => runs('intermediate-throw-event', { path: ['start', 'leap', 'land', 'end'] }));

test('a link that leads nowhere is refused', () => refuses('intermediate-throw-event', 'Element: bad', "Can't find an catch link event for the throw link event with the name 'there'."));
