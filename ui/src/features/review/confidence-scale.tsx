/** The model's confidence on a line, against the threshold that it would have needed to act alone. */
import { useFormats, useText } from '../../shared/text/use-text.ts';

type ConfidenceScaleProps = { confidence: number; threshold: number | null; /** The lowest confidence a winning class can have. */ floor: number };

const width = 390;
const left = 20;
const right = 370;
const line = 33;

export function ConfidenceScale({ confidence, threshold, floor }: ConfidenceScaleProps) {
  const text = useText().compare;
  const format = useFormats();
  const at = (share: number) => left + ((Math.min(1, Math.max(floor, share)) - floor) / (1 - floor)) * (right - left);
  const mark = at(confidence);
  const needed = threshold === null ? undefined : at(threshold);
  const label = threshold === null ? text.confidencePilot(format.percent(confidence)) : text.confidenceLabel(format.percent(confidence), format.percent(threshold));
  return (
    <svg className="confidence-scale" viewBox={`0 0 ${width} 66`} role="img" aria-label={label}>
      <line x1={left} x2={right} y1={line} y2={line} className="confidence-scale__line" />
      <line x1={left} x2={mark} y1={line} y2={line} className="confidence-scale__reach" />
      {needed !== undefined && (
        <>
          <rect x={needed} y={line - 7} width={Math.max(0, right - needed)} height="14" className="confidence-scale__alone" />
          <line x1={needed} x2={needed} y1="20" y2="46" className="confidence-scale__threshold" />
          <text x={Math.min(needed + 6, right - 74)} y="16" textAnchor="start" className="confidence-scale__strong">
            {text.needs(format.percent(threshold ?? 0))}
          </text>
          <text x={needed - 6} y="62" textAnchor="end">
            {text.asksExpert}
          </text>
          {right - needed > 110 && (
            <text x={needed + 6} y="62">
              {text.actsAlone}
            </text>
          )}
        </>
      )}
      {needed === undefined && (
        <text x={(left + right) / 2} y="62" textAnchor="middle">
          {text.noThreshold}
        </text>
      )}
      <rect x={mark - 6} y={line - 6} width="12" height="12" transform={`rotate(45 ${mark} ${line})`} className="confidence-scale__mark" />
      <text x={needed === undefined ? Math.max(left + 24, Math.min(mark, right - 24)) : Math.max(left + 24, Math.min(mark, needed - 24, right - 110))} y="16" textAnchor="middle" className="confidence-scale__strong confidence-scale__value">
        {format.percent(confidence)}
      </text>
      <text x={left} y="62">
        {format.percent(floor, 0)}
      </text>
      {(needed === undefined || right - needed > 150 || (right - needed > 46 && right - needed <= 110)) && (
        <text x={right} y="62" textAnchor="end">
          {format.percent(1, 0)}
        </text>
      )}
    </svg>
  );
}
