/** Reads a release and draws what is given for it; else says why there is nothing to draw. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isProblem } from '../http/problem.ts';
import { AfterDelay } from '../parts/after-delay.tsx';
import { Failure } from '../parts/failure.tsx';
import type { ReleaseDetail } from './release.ts';
import { useRelease } from './use-release.query.ts';
import { useReleaseText } from './words/use-release-text.ts';
import './release.css';

export function ReleaseFrame({ release, children }: { release: string; children: (detail: ReleaseDetail) => ReactNode }) {
  const text = useReleaseText().page;
  const read = useRelease(release);
  if (read.data !== undefined) return children(read.data);
  if (read.isError) {
    return (
      <main className="app__failure" id="main">
        {isProblem(read.error, 'release-unknown') ? <h1>{text.unknown}</h1> : <Failure sentence={text.failed} error={read.error} onRetry={() => void read.refetch()} />}
        <Link to="/releases">{text.toList}</Link>
      </main>
    );
  }
  return (
    <main id="main" className="release-scroll" aria-busy="true">
      <p className="sr-only">{text.loading}</p>
      <AfterDelay>
        <div className="page-head">
          <span className="bone" style={{ width: '120px' }} />
          <span className="bone" style={{ width: '280px', height: '20px' }} />
        </div>
        <div className="release-body">
          <div className="tile release-bones" />
          <div className="tile release-bones" />
        </div>
      </AfterDelay>
    </main>
  );
}
