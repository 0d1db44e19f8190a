/** The bench's parts, in the order in which they run; `--only NAME` picks from them. */
import { benchDecisions } from './decision-part.ts';
import { benchEngine } from './engine-part.ts';
import { benchGrowth } from './growth-part.ts';
import { benchInbox } from './inbox-part.ts';
import { benchParked } from './parked-part.ts';
import type { BenchPart } from './part.ts';
import { benchPeers } from './peers-part.ts';
import { benchPurge } from './purge-part.ts';

export const parts = { engine: benchEngine, peers: benchPeers, parked: benchParked, growth: benchGrowth, purge: benchPurge, decisions: benchDecisions, inbox: benchInbox } satisfies Record<string, BenchPart>;
