/** The same process on our engine, the SDK's floor and the engines a user would take instead, in one table of ratios. */
import { verdictOn, type Target } from './targets.ts';
import type { BenchPart } from './part.ts';
import type { Contestant } from './peers/contestant.ts';
import { onH2, onPostgres } from './peers/java-contestants.ts';
import { broker, embedded, floor, overHttp } from './peers/our-contestants.ts';
import { peersMarkdown, peersRows } from './peers/peers-table.ts';
import { runRounds, type RoundSizes, type Standing } from './peers/run-rounds.ts';
import { findTools, type Tools } from './peers/tools.ts';

export const benchPeers: BenchPart = async ({ short, folder }) => {
  const say = (line: string) => { console.log(line); };
  const sizes: RoundSizes = short ? { warmUp: 200, rounds: 1, atOnce: 300, oneAtATime: 30, short, say } : { warmUp: 4_000, rounds: 5, atOnce: 2_000, oneAtATime: 300, short, say };
  const tools = await findTools(process.env);
  for (const sentence of tools.missing) console.log(sentence);
  const { standings, failures } = await runRounds(contestantsWith(tools), folder, sizes);
  const ours = standings.find(({ name }) => name === embedded.name);
  const verdicts = ours === undefined ? [] : targetsOf(ours, standings).map(verdictOn);
  if (ours !== undefined) {
    console.log(`Start → one job → gateway → end: ${sizes.rounds} rounds of ${sizes.atOnce} instances 100 at once and ${sizes.oneAtATime} one at a time, after ${sizes.warmUp} that do not count`);
    console.table(peersRows(standings, ours));
    for (const sentence of verdicts) console.log(sentence);
  }
  if (failures.length > 0) throw new AggregateError(failures.map(({ error }) => error), `could not be run: ${failures.map(({ name }) => name).join(', ')}`);
  const section = ours === undefined ? '' : [`${sizes.rounds} rounds of ${sizes.atOnce} instances 100 at once and ${sizes.oneAtATime} one at a time, interleaved; medians; each engine ran ${sizes.warmUp} instances before.`, peersMarkdown(standings, ours), verdicts.map((sentence) => `- ${sentence}`).join('\n')].join('\n\n');
  return { figures: { sizes, standings, verdicts, missing: tools.missing }, sections: { 'bench-peers': section } };
};

function contestantsWith({ jdk, postgres }: Tools): Contestant[] {
  const ours = [embedded, overHttp, floor];
  if (jdk === undefined) return ours;
  return [...ours, broker, ...(postgres ? [onPostgres('camunda7', jdk)] : []), onH2('camunda7', jdk), ...(postgres ? [onPostgres('flowable', jdk)] : []), onH2('flowable', jdk)];
}

function targetsOf(ours: Standing, standings: readonly Standing[]): Target[] {
  const times = (name: string, wanted: number): Target[] =>
    standings.filter((standing) => standing.name.startsWith(name)).map((standing) => ({ what: `Times ${standing.name}, 100 at once`, wanted, found: ours.perSecond.median / standing.perSecond.median, unit: '', better: 'more' }));
  return [
    { what: '100 at once through the SDK', wanted: 3_000, found: ours.perSecond.median, unit: ' a second', better: 'more' },
    { what: 'One at a time, p50', wanted: 2, found: ours.oneAtATime.p50Ms, unit: ' ms', better: 'less' },
    ...times(broker.name, 10),
    ...times('Camunda 7', 3).filter(({ what }) => what.includes('PostgreSQL')),
  ];
}
