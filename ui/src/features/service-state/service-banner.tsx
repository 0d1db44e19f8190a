/** What may decide for the service now, on each of its pages: demo release, pilot and what a certificate would need, stop, end. */
import { InformationFilled, StopFilled, WarningAltFilled } from '@carbon/react/icons';
import type { ReactNode } from 'react';
import { useServiceState, type ServiceState } from '../../shared/tasks/use-service-state.query.ts';
import { useFormats, useText } from '../../shared/text/use-text.ts';
import './service-banner.css';

export function ServiceBanner({ service }: { service: string }) {
  const { data } = useServiceState(service);
  return data === undefined ? null : <Banner state={data} />;
}

function Banner({ state }: { state: ServiceState }) {
  const text = useText().service;
  const format = useFormats();
  const { release, promise } = state;
  const until = release === null ? '' : format.date(Date.parse(release.validUntil));
  switch (state.state) {
    case 'stopped':
      return (
        <Strip kind="stopped">
          <b>{state.stop === null ? text.stoppedPlain : text.stopped(format.dateTime(Date.parse(state.stop.at)), state.stop.by)}</b> {state.stop?.reason !== null && state.stop?.reason !== undefined && `“${state.stop.reason}” `}
          {text.stoppedGoOn}
        </Strip>
      );
    case 'none':
      return <Strip kind="warning">{text.none}</Strip>;
    case 'expired':
      return <Strip kind="warning">{text.expired(until)}</Strip>;
    case 'live':
      if (release === null) return null;
      return (
        <Strip kind="info">
          {release.demo && <span className="tag tag--demo">{text.demoTag}</span>} {release.demo ? text.demo(release.openedBy, until) : text.live(until)}{' '}
          {!state.policyInForce && <b>{text.policyChanged} </b>}
          {release.mode === 'pilot' ? (
            <>
              <b>{text.pilot}</b> <PilotNeed state={state} />
            </>
          ) : (
            text.automatic(format.percent(promise.alpha, digitsOf(promise.alpha)), format.percent(1 - promise.delta, digitsOf(promise.delta)), text.references[promise.errorReference])
          )}
          {promise.demoFigure && ` ${text.demoFigure}`}
        </Strip>
      );
    default:
      return state.state satisfies never;
  }
}

function PilotNeed({ state }: { state: ServiceState }) {
  const text = useText().service;
  const format = useFormats();
  const need = state.release?.need ?? null;
  if (need === null) return null;
  const alpha = format.percent(state.promise.alpha, digitsOf(state.promise.alpha));
  if (need.kind === 'not-reachable') return <>{text.certificateNotReachable(alpha)}</>;
  return (
    <>
      {text.certificate(alpha)} <b>{text.atLeast(need.atLeast)}</b>.
    </>
  );
}

const icons = { info: InformationFilled, warning: WarningAltFilled, stopped: StopFilled };

function Strip({ kind, children }: { kind: keyof typeof icons; children: ReactNode }) {
  const Icon = icons[kind];
  return (
    <div className={`service-banner service-banner--${kind}`} role="note">
      <Icon size={16} aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}

/** 2 % needs no decimal, 2.5 % does. */
function digitsOf(share: number): number {
  return Math.abs(share * 100 - Math.round(share * 100)) < 1e-9 ? 0 : 1;
}
