/** Where the version comes from: data, code, pipeline run, registry entry, artefact and what the endpoint serves. */
import { Checkmark, WarningAlt } from '@carbon/react/icons';
import type { ReactNode } from 'react';
import { Part } from './part.tsx';
import { DigestCopy } from '../../shared/releases/digest-copy.tsx';
import type { EvidenceOf } from '../../shared/releases/evidence.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { entryOf, useEvidence } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useText } from '../../shared/text/use-text.ts';

export function LineageTab({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText().goLive;
  const lineage = useEvidence(detail, 'lineage');
  const artefact = useEvidence(detail, 'artefact');
  const run = useEvidence(detail, 'pipeline-run');
  const registry = useEvidence(detail, 'registry');
  return (
    <div className="go-live__evidence">
      <Part part={lineage} name="lineage">
        {(document) => <LineageTile lineage={document} detail={detail} />}
      </Part>
      {entryOf(detail, 'artefact') !== undefined && (
        <Part part={artefact} name="artefact">
          {(document) => <ArtefactTile artefact={document} />}
        </Part>
      )}
      {entryOf(detail, 'pipeline-run') !== undefined && (
        <Part part={run} name="pipeline-run">
          {(document) => (
            <Lines
              title={text.lineage.run}
              lines={[
                [text.lineage.run, <span className="digest">{document.runId}</span>],
                [text.lineage.state, document.state],
                [text.lineage.started, document.startedAt],
                [text.lineage.finished, document.finishedAt],
                ...Object.entries(document.parameters).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const),
              ]}
            />
          )}
        </Part>
      )}
      {entryOf(detail, 'registry') !== undefined && (
        <Part part={registry} name="registry">
          {(document) => (
            <Lines
              title={text.lineage.registry}
              lines={[[text.lineage.registry, document.registry], [text.lineage.state, document.state], ...Object.entries(document.properties).map(([name, value]) => [name, String(value)] as const)]}
            />
          )}
        </Part>
      )}
    </div>
  );
}

function LineageTile({ lineage, detail }: { lineage: EvidenceOf<'lineage'>; detail: ReleaseDetail }) {
  const text = useReleaseText();
  const words = text.goLive.lineage;
  return (
    <Lines
      title={text.goLive.parts['lineage'] ?? ''}
      lines={[
        ...lineage.data.map(({ name, digest }) => [words.data, <><span>{name}</span> <DigestCopy digest={digest} /></>] as const),
        [words.code, lineage.code],
        [words.run, lineage.run],
        [text.models.trainedBy, detail.trainedBy],
      ]}
    />
  );
}

function ArtefactTile({ artefact }: { artefact: EvidenceOf<'artefact'> }) {
  const text = useReleaseText().goLive.lineage;
  const { name, version, digest, uri, servedDigest } = artefact;
  const same = servedDigest === digest;
  return (
    <Lines
      title={text.artefact}
      lines={[
        [text.artefact, `${name} ${version}`],
        [text.digest, <DigestCopy digest={digest} />],
        ['URI', uri],
        [
          text.served,
          servedDigest === null ? null : (
            <span className="side__word">
              {same ? <Checkmark size={16} aria-hidden="true" /> : <WarningAlt size={16} aria-hidden="true" />}
              {same ? text.servedSame : text.servedOther} {!same && <DigestCopy digest={servedDigest} />}
            </span>
          ),
        ],
      ]}
    />
  );
}

function Lines({ title, lines }: { title: string; lines: readonly (readonly [string, ReactNode])[] }) {
  const none = useText().common.none;
  return (
    <section className="tile" aria-label={title}>
      <div className="tile__head">
        <h2>{title}</h2>
      </div>
      <dl className="lines lines--start">
        {lines.map(([name, value], index) => (
          <div key={`${name} ${index}`}>
            <dt>{name}</dt>
            <dd>{value ?? <span className="quiet">{none}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
