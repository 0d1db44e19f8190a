/** One part of the evidence in its own state: bones in the final layout while it loads, a sentence where it is missing or failed. */
import type { ReactNode } from 'react';
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { Failure } from '../../shared/parts/failure.tsx';
import type { EvidencePart } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';

type PartProps<Document> = { part: EvidencePart<Document>; name: string; children: (document: Document) => ReactNode };

export function Part<Document>({ part, name, children }: PartProps<Document>) {
  const text = useReleaseText().goLive;
  switch (part.state) {
    case 'here':
      return children(part.document);
    case 'missing':
      return <p className="tile part-bones quiet">{text.partMissing[name] ?? text.partFailed(text.parts[name] ?? name)}</p>;
    case 'failed':
      return (
        <div className="tile part-bones">
          <Failure sentence={text.partFailed(text.parts[name] ?? name)} error={part.error} onRetry={part.retry} />
        </div>
      );
    case 'loading':
      return (
        <div className="tile part-bones" aria-busy="true">
          <p className="sr-only">{`${text.parts[name] ?? name}: ${text.loadingPart}`}</p>
          <AfterDelay>
            {[0, 1, 2, 3, 4, 5].map((line) => (
              <span key={line} className="bone" style={{ width: `${90 - line * 9}%` }} />
            ))}
          </AfterDelay>
        </div>
      );
    default:
      return part satisfies never;
  }
}
