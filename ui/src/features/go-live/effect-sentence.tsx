/** The first thing to read: what happens if this is approved, until when, and what then. */
import type { EvaluationReport } from '../../shared/releases/evidence.ts';
import { nameOfModel, nameOfVersion } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useService } from '../../shared/tasks/use-service.query.ts';
import { useFormats, useLocal } from '../../shared/text/use-text.ts';
import { effectOf } from './effect-of.ts';

export function EffectSentence({ detail, report }: { detail: ReleaseDetail; report: EvaluationReport | undefined }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const { whatHappens } = detail;
  const steps = whatHappens.canary?.steps.map((step) => format.percent(step / 100, 0)) ?? [];
  const path = steps.length === 0 ? '' : text.path(steps.length === 1 ? (steps[0] ?? '') : `${steps.slice(0, -1).join(', ')}, ${text.pathTo} ${steps.at(-1) ?? ''}`);
  const after = whatHappens.afterwards;
  return (
    <section className="effect" aria-label={text.effect}>
      <p className="effect__main">
        <b>{text.ifApproved}</b>
        <Main detail={detail} report={report} />
      </p>
      <p className="quiet">
        {whatHappens.shadow !== null && path} {text.endsBy(format.date(Date.parse(whatHappens.endsAt)))} {after.kind === 'people' ? text.withoutRenewalPeople : text.withoutRenewalPredecessor(nameOfModel(after.release))}
      </p>
    </section>
  );
}

function Main({ detail, report }: { detail: ReleaseDetail; report: EvaluationReport | undefined }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const local = useLocal();
  const classes = useService(detail.service).data?.classes ?? [];
  const version = nameOfVersion(detail.modelVersion);
  const effect = effectOf(detail, report);
  const list = (automatic: boolean) => new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(classes.filter((one) => one.automatic === automatic).map(({ label }) => text.quote(local(label))));
  const person = classes.some(({ automatic }) => !automatic);
  switch (effect.kind) {
    case 'automatic': {
      const sure = format.percent(effect.threshold);
      return (
        <>
          {person ? text.decides(version, list(true), sure) : text.decidesAll(version, sure)}
          <b>{text.aboutShare(format.number(effect.share * 100, 0), format.number(100, 0))}</b>
          {person && ` ${text.never(list(false))}`}
        </>
      );
    }
    case 'pilot':
      return (
        <>
          {text.pilot(version)}
          <b>{text.pilotEvery}</b> {text.pilotWhy}
        </>
      );
    case 'later':
      return (
        <>
          {detail.kind === 'renewal' ? text.renews(version) : text.later(version)}
          {detail.kind !== 'renewal' && text.laterCertificate}
        </>
      );
    default:
      return effect satisfies never;
  }
}
