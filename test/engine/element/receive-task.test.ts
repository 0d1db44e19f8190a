// Receive task: its two diagrams.
import { test } from 'vitest';
import { refuses, runs } from './diagrams.ts';

test('waits for its message', () => runs('receive-task', { drive: (engine) => engine.accepted({ type: 'message.publish', name: 'go', correlationKey: 'key', timeToLive: 0, messageId: '', variables: {} }), path: ['start', 'wait', 'end'] }));

test('a receive task without a message is refused', () => refuses('receive-task', 'Element: x', 'must refer to a message with a name'));
