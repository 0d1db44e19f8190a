/** Every document of the evidence by name and digest, to be downloaded as the very bytes that were digested. */
import { Download } from '@carbon/react/icons';
import { DigestCopy } from '../../shared/releases/digest-copy.tsx';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { evidencePath } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';

export function Documents({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const documents = detail.evidence.filter(({ current }) => current);
  if (documents.length === 0) return null;
  return (
    <section className="tile" aria-labelledby="documents">
      <div className="tile__head">
        <h2 id="documents">{text.documents}</h2>
        <span className="tile__hint small quiet">{text.documentsHint}</span>
      </div>
      <ul>
        {documents.map(({ digest, kind, collectedAt }) => (
          <li key={digest} className="documents__row">
            <span>
              {text.parts[kind] ?? kind} <span className="small quiet">{format.shortMoment(Date.parse(collectedAt))}</span>
            </span>
            <DigestCopy digest={digest} />
            <a className="link-button" href={`${evidencePath(detail.release, digest)}?download=true`} download={`${detail.release}-${kind}.json`} aria-label={`${text.download}: ${text.parts[kind] ?? kind}`}>
              <Download size={16} aria-hidden="true" />
              <span className="documents__word">{text.download}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
