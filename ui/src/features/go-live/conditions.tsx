/** Conditions of the votes given so far, and those that the reader adds to the own one. */
import { TextInput } from '@carbon/react';
import { Add, Close } from '@carbon/react/icons';
import { useState, type FormEvent } from 'react';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';

type ConditionsProps = { detail: ReleaseDetail; own: readonly string[]; editable: boolean; onChange: (conditions: string[]) => void };

const most = 10;

export function Conditions({ detail, own, editable, onChange }: ConditionsProps) {
  const text = useReleaseText();
  const words = text.vote;
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const given = detail.decision.votes.filter(({ counts }) => counts).flatMap((vote) => vote.conditions.map((condition) => ({ condition, who: vote.voter.displayName })));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const condition = typed.trim();
    if (condition === '' || own.includes(condition)) return;
    onChange([...own, condition]);
    setTyped('');
    setAdding(false);
  };
  return (
    <section aria-labelledby="conditions">
      <h2 id="conditions" className="decision__head">
        {words.conditions}
      </h2>
      {given.length + own.length === 0 && <p className="quiet">{words.noConditions}</p>}
      <ul>
        {given.map(({ condition, who }, index) => (
          <li key={`${condition} ${index}`} className="condition">
            <span>{condition}</span>
            <span className="condition__who small">{who}</span>
          </li>
        ))}
        {own.map((condition) => (
          <li key={condition} className="condition">
            <span>
              {condition} <span className="condition__who small">{text.you}</span>
            </span>
            <button type="button" className="icon-button" aria-label={words.removeCondition(condition)} onClick={() => onChange(own.filter((other) => other !== condition))}>
              <Close size={16} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {editable && !adding && own.length < most && (
        <button type="button" className="link-button condition__add" onClick={() => setAdding(true)}>
          <Add size={16} aria-hidden="true" />
          {words.addCondition}
        </button>
      )}
      {editable && adding && own.length < most && (
        <form className="condition-form" onSubmit={add}>
          <TextInput id="new-condition" size="sm" autoFocus labelText={words.newCondition} maxLength={2000} value={typed} onChange={(event) => setTyped(event.target.value)} />
          <button type="submit" className="outline-button" disabled={typed.trim() === ''}>
            {words.add}
          </button>
        </form>
      )}
      {editable && adding && <p className="small quiet votes__bound">{words.conditionHint}</p>}
    </section>
  );
}
