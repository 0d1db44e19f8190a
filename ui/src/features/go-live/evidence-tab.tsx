/** The evidence: side by side, the curves, the segments; and the list of all documents. */
import { Part } from './part.tsx';
import { Documents } from './documents.tsx';
import { EffectSentence } from './effect-sentence.tsx';
import { ErrorTile } from './error-tile.tsx';
import { SegmentsTile } from './segments-tile.tsx';
import { SideBySide } from './side-by-side.tsx';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useEvidence } from '../../shared/releases/use-evidence.query.ts';

export function EvidenceTab({ detail }: { detail: ReleaseDetail }) {
  const evaluation = useEvidence(detail, 'evaluation');
  return (
    <div className="go-live__evidence">
      <EffectSentence detail={detail} report={evaluation.state === 'here' ? evaluation.document : undefined} />
      <Part part={evaluation} name="evaluation">
        {(report) => (
          <>
            <div className="go-live__two">
              <SideBySide report={report} />
              <ErrorTile report={report} />
            </div>
            <SegmentsTile report={report} />
          </>
        )}
      </Part>
      <Documents detail={detail} />
    </div>
  );
}
