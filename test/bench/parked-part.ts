/** What parked user tasks cost: our engine with up to 100,000 of them, the peers with up to 10,000. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.ts';
import { round } from './measure.ts';
import { compareOurParked, measureOurParked, type OurParked } from './parked/our-parked.ts';
import { parkedPeers, type ParkedFigures } from './parked/peers-parked.ts';
import type { BenchPart } from './part.ts';
import { findTools } from './peers/tools.ts';
import { verdictOn, type Target } from './targets.ts';

const FEW = 100;

type PeerFigures = { readonly name: string; readonly figures: readonly ParkedFigures[] };

export const benchParked: BenchPart = async ({ short, folder }) => {
  const { ours: ourSizes, peers: peerSizes, times } = short ? { ours: [1, 10, 100, 1_000], peers: [1, 10], times: 20 } : { ours: [1, 10, 100, 1_000, 10_000, 100_000], peers: [1, 10, 100, 1_000, 10_000], times: 300 };
  const own = (name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const folderOfMany = own('ours');
  const ours = await measureOurParked(folderOfMany, ourSizes, times);
  console.table(ourRows(ours));
  const ratio = await compareOurParked({ folder: own('few'), parked: FEW }, { folder: folderOfMany, parked: ourSizes.at(-1) ?? FEW }, times);
  const verdicts = targetsOf(ours, ratio).map(verdictOn);
  for (const sentence of verdicts) console.log(sentence);
  const tools = await findTools(process.env);
  for (const sentence of tools.missing) console.log(sentence);
  const peers: PeerFigures[] = [];
  const failures: { name: string; error: unknown }[] = [];
  for (const [index, peer] of parkedPeers(tools).entries()) {
    try {
      peers.push({ name: peer.name, figures: await peer.play(own(String(index)), peerSizes, times) });
    } catch (error) {
      failures.push({ name: peer.name, error });
    }
  }
  const compared = peerRows(ours, peers);
  console.log('Completing one: p50 in ms');
  console.table(compared);
  if (failures.length > 0) throw new AggregateError(failures.map(({ error }) => error), `could not be run: ${failures.map(({ name }) => name).join(', ')}`);
  const section = [`${times} completions one after the other at each size, each followed by a new instance, so that as many stay parked. On ours the tasks lie evenly over all that are parked; CPU time is the lower quartile of one completion through the SDK, its commit included.`, markdownTable(ourRows(ours)), verdicts.map((sentence) => `- ${sentence}`).join('\n'), 'Completing one beside the peers, p50 in ms:', markdownTable(compared)].join('\n\n');
  return { figures: { ours, ratio, peers, verdicts, missing: tools.missing }, sections: { 'bench-parked': section } };
};

function ourRows(ours: readonly OurParked[]) {
  return ours.map(({ parked, completing, openedInMs, answeredAfterMs, residentBytes, fileBytes, page, load }) => ({
    parked,
    'completing one: p50 ms': completing.p50Ms,
    'p99 ms': completing.p99Ms,
    'CPU ms': round(completing.cpuMs),
    'opened in ms': Math.round(openedInMs),
    'first answer after ms': Math.round(answeredAfterMs),
    'RSS MB': Math.round(residentBytes / 1e6),
    'file MB': round(fileBytes / 1e6),
    'search page: p50 ms': page.p50Ms,
    'page p99 ms': page.p99Ms,
    load,
  }));
}

function peerRows(ours: readonly OurParked[], peers: readonly PeerFigures[]) {
  const row = (name: string, figures: readonly Pick<ParkedFigures, 'parked' | 'completing' | 'load'>[]) => ({
    engine: name,
    ...Object.fromEntries(ours.map(({ parked }) => [`${parked} parked`, figures.find((one) => one.parked === parked)?.completing.p50Ms ?? '–'])),
    load: `${Math.min(...figures.map(({ load }) => load))} to ${Math.max(...figures.map(({ load }) => load))}`,
  });
  return [row('Stellwerk, SDK in process', ours), ...peers.map(({ name, figures }) => row(name, figures))];
}

/** The largest size beside few; the targets are named for 100,000 and hold for less. */
function targetsOf(ours: readonly OurParked[], ratio: { readonly cpu: number; readonly p50: number }): Target[] {
  const few = ours.find(({ parked }) => parked === FEW);
  const many = ours.at(-1);
  if (few === undefined || many === undefined) return [];
  const withMany = `With ${many.parked} parked`;
  return [
    { what: `${withMany}, completing one costs so many times what it does with ${FEW} (CPU, three pairs in turn)`, wanted: 1.5, found: ratio.cpu, unit: '', better: 'less' },
    { what: `${withMany}, the same by p50`, wanted: 1.5, found: ratio.p50, unit: '', better: 'less' },
    { what: `${withMany}, first answer after the process began`, wanted: 2, found: many.answeredAfterMs / 1000, unit: ' s', better: 'less' },
    { what: `${withMany}, memory beyond that with ${FEW}`, wanted: 50, found: (many.residentBytes - few.residentBytes) / 1e6, unit: ' MB', better: 'less' },
    { what: `${withMany}, user-task search page p50`, wanted: 50, found: many.page.p50Ms, unit: ' ms', better: 'less' },
  ];
}
