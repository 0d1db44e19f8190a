/** All releases: what decides until when, what is on its way, what waits for votes. The choice stands in the address. */
import { Select, SelectItem } from '@carbon/react';
import { Hourglass } from '@carbon/react/icons';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { Failure } from '../../shared/parts/failure.tsx';
import { nameOfModel } from '../../shared/releases/model-name.ts';
import { PlaceTabs } from '../../shared/releases/place-tabs.tsx';
import type { ReleaseSummary } from '../../shared/releases/release.ts';
import { StateTag } from '../../shared/releases/state-tag.tsx';
import { useReleaseList } from '../../shared/releases/use-release-list.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { Who } from '../../shared/releases/who.tsx';
import { usePlaces } from '../../shared/roles/use-places.ts';
import { useServices } from '../../shared/tasks/use-services.query.ts';
import { daysUntil } from '../../shared/time/days-until.ts';
import { useNow } from '../../shared/time/use-now.ts';
import { useFormats, useLocal } from '../../shared/text/use-text.ts';
import { readFilter, states, writeFilter } from './release-filter.ts';
import '../../shared/releases/release.css';
import './release-list.css';

export function ReleaseListPage() {
  const text = useReleaseText();
  const words = text.list;
  const local = useLocal();
  const [address, setAddress] = useSearchParams();
  const filter = readFilter(address);
  const read = useReleaseList(filter);
  const services = useServices().data ?? [];
  const { proposes } = usePlaces();
  const rows = read.data?.pages.flatMap(({ items }) => items);
  const choose = (change: Record<string, string>) => setAddress(writeFilter({ ...filter, ...change }));
  return (
    <main className="release-scroll" id="main">
      <div className="page-head">
        <PlaceTabs current="releases" />
        <div className="page-head__title">
          <h1>{words.title}</h1>
          <div className="page-head__actions">
            {proposes && (
              <Link className="outline-button" to="/models">
                {words.propose}
              </Link>
            )}
          </div>
        </div>
        <div className="release-filter">
          <Select id="filter-service" size="sm" labelText={words.service} value={filter.service ?? ''} onChange={(event) => choose({ service: event.target.value })}>
            <SelectItem value="" text={words.everyService} />
            {services.map(({ service, name }) => (
              <SelectItem key={service} value={service} text={local(name)} />
            ))}
          </Select>
          <Select id="filter-state" size="sm" labelText={words.state} value={filter.state ?? ''} onChange={(event) => choose({ state: event.target.value })}>
            <SelectItem value="" text={words.everyState} />
            {states.map((state) => (
              <SelectItem key={state} value={state} text={text.states[state] ?? state} />
            ))}
          </Select>
        </div>
      </div>
      <div className="release-body">
        {read.isError && rows === undefined && <Failure sentence={words.failed} error={read.error} onRetry={() => void read.refetch()} />}
        {rows === undefined && !read.isError && (
          <div aria-busy="true">
            <p className="sr-only">{words.loading}</p>
            <AfterDelay>
              <div className="tile release-bones" />
            </AfterDelay>
          </div>
        )}
        {rows !== undefined && (rows.length === 0 ? <Empty /> : <Rows rows={rows} />)}
        {read.hasNextPage && (
          <button type="button" className="link-button" onClick={() => void read.fetchNextPage()}>
            {words.more}
          </button>
        )}
      </div>
    </main>
  );
}

function Empty() {
  const text = useReleaseText().list;
  return (
    <div className="empty">
      <h2>{text.none}</h2>
      <p className="quiet">{text.noneHint}</p>
    </div>
  );
}

function Rows({ rows }: { rows: readonly ReleaseSummary[] }) {
  const text = useReleaseText().list;
  return (
    <div className="tile">
      <table className="figures releases">
        <thead>
          <tr>
            <th scope="col">{text.version}</th>
            <th scope="col">{text.service}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">{text.until}</th>
            <th scope="col">{text.proposed}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.release} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: ReleaseSummary }) {
  const text = useReleaseText();
  const format = useFormats();
  const local = useLocal();
  const navigate = useNavigate();
  const now = useNow(60_000);
  const until = row.validUntil === null ? undefined : Date.parse(row.validUntil);
  const days = until === undefined || row.state !== 'live' ? undefined : daysUntil(until, now);
  const target = `/releases/${row.release}${row.mayVote ? '/decision' : ''}`;
  return (
    <tr className="releases__row" onClick={() => void navigate(target)}>
      <th scope="row">
        <Link to={target} onClick={(event) => event.stopPropagation()}>
          {nameOfModel(row)}
        </Link>{' '}
        {row.kind !== 'promotion' && <span className="small quiet">{text.kinds[row.kind]}</span>} {row.demo && <span className="tag tag--demo">{text.list.demo}</span>}
      </th>
      <td>{local(row.serviceName)}</td>
      <td>
        <span className="releases__state">
          <StateTag state={row.state} share={row.share} />
          {row.openForVotes && <span className={`small${row.mayVote ? ' strong' : ' quiet'}`}>{row.mayVote ? text.list.decide : text.list.waits}</span>}
          {row.reassessment && <span className="tag tag--warn">{text.next.reassess}</span>}
        </span>
      </td>
      <td className="numbers">
        {until !== undefined && (
          <span title={format.dateTime(until)}>
            {format.date(until)}
            {days !== undefined && (
              <span className="small quiet">
                {' '}
                <Hourglass size={12} aria-hidden="true" /> {text.list.daysLeft(days)}
              </span>
            )}
          </span>
        )}
      </td>
      <td>
        <Who who={row.proposedBy} /> <span className="small quiet numbers">{format.shortMoment(Date.parse(row.proposedAt))}</span>
      </td>
    </tr>
  );
}
