/** What the gate found, by weight; each with a sign besides its colour. */
import { ErrorFilled, Information, WarningAlt } from '@carbon/react/icons';
import type { EvidenceOf } from '../../shared/releases/evidence.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useLocal } from '../../shared/text/use-text.ts';

type Gate = EvidenceOf<'gate'>;

const looks = { info: { kind: 'quiet', Sign: Information }, warning: { kind: 'warning', Sign: WarningAlt }, block: { kind: 'error', Sign: ErrorFilled } } satisfies Record<Gate['findings'][number]['severity'], unknown>;
const weight = { block: 0, warning: 1, info: 2 } as const;

export function Findings({ gate, withCodes = false }: { gate: Gate | null; withCodes?: boolean }) {
  const text = useReleaseText();
  const local = useLocal();
  if (gate === null) return <p className="quiet">{text.goLive.partMissing['gate']}</p>;
  return (
    <>
      {gate.result === 'block' && (
        <p>
          <b>{text.vote.blocked}</b>
        </p>
      )}
      {gate.findings.length === 0 && <p className="quiet">{text.vote.noFindings}</p>}
      <ul>
        {gate.findings
          .toSorted((a, b) => weight[a.severity] - weight[b.severity])
          .map(({ code, severity, text: words }, index) => {
            const { kind, Sign } = looks[severity];
            return (
              <li key={`${code} ${index}`} className={`notice notice--${kind}`}>
                <Sign size={16} aria-hidden="true" />
                <div>
                  {local(words)} {withCodes && <span className="digest quiet">{code}</span>}
                </div>
              </li>
            );
          })}
      </ul>
    </>
  );
}
