/** Error against automation with the certified point, and what the certificate says or still needs. */
import { ErrorCurve } from '../../shared/charts/error-curve.tsx';
import type { CertificateDocument, EvaluationReport } from '../../shared/releases/evidence.ts';
import { nameOfVersion } from '../../shared/releases/model-name.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats, useLocal } from '../../shared/text/use-text.ts';

export function ErrorTile({ report }: { report: EvaluationReport }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const { curves, certificate, champion, challenger } = report;
  const limit = format.percent(curves.limit, digitsOf(curves.limit));
  const certified = certificate?.certified === true ? certificate : null;
  return (
    <section className="tile" aria-labelledby="error-tile">
      <div className="tile__head">
        <h2 id="error-tile">{text.curve}</h2>
        <span className="tile__hint small quiet">{text.curveHint[curves.part](curves.rows)}</span>
      </div>
      <ErrorCurve
        challenger={curves.challenger}
        champion={curves.champion}
        limit={curves.limit}
        certified={certified === null ? null : { coverage: certified.coverage, risk: certified.errorRate }}
        words={{
          label: text.curveLabel(limit),
          axis: text.curveAxis,
          limit: text.curveLimit(limit),
          champion: `${champion === null ? '–' : nameOfVersion(champion.model.version)} ${text.champion}`,
          challenger: `${nameOfVersion(challenger.model.version)} ${text.challenger}`,
          certified: certified === null ? '' : text.certified(format.percent(certified.coverage)),
          certifiedDetail: certified === null ? '' : text.certifiedDetail(certified.k, certified.m, format.percent(certified.upperBound)),
          handle: text.curveHandle,
          at: text.curveAt,
          table: text.curveTable,
          columns: text.curveColumns,
          percent: format.percent,
          range: (low, high) => text.range(format.percent(low), format.percent(high)),
        }}
      />
      <CertificateLines certificate={certificate} />
    </section>
  );
}

function CertificateLines({ certificate }: { certificate: CertificateDocument | null }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const local = useLocal();
  if (certificate === null) {
    return (
      <dl className="lines small">
        <div>
          <dt>{text.certificate}</dt>
          <dd>{text.noCertificateYet}</dd>
        </div>
      </dl>
    );
  }
  const terms = text.certificateTerms(format.percent(certificate.alpha, digitsOf(certificate.alpha)), format.percent(certificate.delta, digitsOf(certificate.delta)), certificate.look.index, certificate.look.of);
  return (
    <dl className="lines small">
      <div>
        <dt>{certificate.certified ? text.certificate : text.notCertified}</dt>
        <dd className="numbers">{certificate.certified ? terms : `${certificate.need.kind === 'not-reachable' ? text.notCertifiedNever : text.notCertifiedNeed(certificate.need.atLeast)} (${terms})`}</dd>
      </div>
      {certificate.certified && (
        <div>
          <dt>{text.threshold}</dt>
          <dd className="numbers">{format.percent(certificate.threshold)}</dd>
        </div>
      )}
      <div>
        <dt>{text.reference}</dt>
        <dd>
          {text.references[certificate.errorReference]}, {local(certificate.population)}
        </dd>
      </div>
    </dl>
  );
}

/** 15 % needs no decimal, 2.5 % does. */
function digitsOf(share: number): number {
  return Math.abs(share * 100 - Math.round(share * 100)) < 1e-9 ? 0 : 1;
}
