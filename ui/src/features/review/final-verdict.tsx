/** Keep or switch, the reason, and one button that saves and goes on. */
import { Button, TextArea } from '@carbon/react';
import { Checkmark } from '@carbon/react/icons';
import { useKeys, type KeyBindings } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import type { OutcomeClass, TaskDetail } from '../../shared/tasks/task.ts';
import { useLocal, useText } from '../../shared/text/use-text.ts';
import type { Draft } from './draft.ts';

type FinalVerdictFormProps = {
  task: Extract<TaskDetail, { step: 'compare' }>;
  draft: Draft;
  complaint: 'choice' | 'reason' | undefined;
  busy: boolean;
  onChange: (change: Partial<Draft>) => void;
  onSave: () => void;
};

export function FinalVerdictForm({ task, draft, complaint, busy, onChange, onSave }: FinalVerdictFormProps) {
  const text = useText();
  const own = task.ownVerdicts.findLast(({ step }) => step === 'blind')?.class ?? null;
  const choose = (id: string) => onChange({ choice: id });
  const toggleReason = (id: string) => onChange({ reasonCode: draft.reasonCode === id ? null : id });
  const keys: KeyBindings = {
    ...Object.fromEntries(task.reasonCodes.map(({ id, key }) => [key, () => toggleReason(id)])),
    ...Object.fromEntries(task.classes.map(({ id, key }) => [key, () => choose(id)])),
  };
  useKeys(keys);
  return (
    <div className="final">
      <div>
        <h2 className="final__title">{text.compare.final}</h2>
        <Choices task={task} own={own} chosen={draft.choice} onChoose={choose} />
        <ReasonCodes task={task} chosen={draft.reasonCode} onToggle={toggleReason} />
      </div>
      <div className="final__reason">
        <TextArea id="final-reason" labelText={text.compare.reason} rows={2} maxLength={4000} value={draft.text} onChange={(event) => onChange({ text: event.target.value })} />
        <Button size="md" className="final__save" disabled={busy} aria-keyshortcuts="Control+Enter" onClick={onSave}>
          <span>{text.compare.saveNext}</span>
          <KeyCap>{`${text.keys.ctrl} ↵`}</KeyCap>
        </Button>
        <p className="final__complaint small" role="status">
          {complaint === 'choice' && text.compare.missingChoice}
          {complaint === 'reason' && text.compare.missingReason}
        </p>
      </div>
    </div>
  );
}

function Choices({ task, own, chosen, onChoose }: { task: FinalVerdictFormProps['task']; own: string | null; chosen: string | null; onChoose: (id: string) => void }) {
  const text = useText().compare;
  const local = useLocal();
  const find = (id: string | null) => task.classes.find((candidate) => candidate.id === id);
  const kept = find(own);
  const suggested = find(task.suggestion.class);
  const others = task.classes.filter(({ id }) => id !== own && id !== task.suggestion.class);
  const cards = [
    kept && { outcomeClass: kept, words: text.keep(local(kept.label)), label: text.keepLabel },
    suggested && { outcomeClass: suggested, words: text.switch(local(suggested.label)), label: text.switchLabel },
  ].filter((card) => card !== undefined);
  return (
    <>
      <div className="final__choices" role="radiogroup" aria-label={text.final}>
        {cards.map(({ outcomeClass, words, label }) => (
          <button key={outcomeClass.id} type="button" role="radio" aria-checked={chosen === outcomeClass.id} aria-keyshortcuts={outcomeClass.key} className="choice offset-focus" onClick={() => onChoose(outcomeClass.id)}>
            <KeyCap>{outcomeClass.key}</KeyCap>
            <span className="choice__words">{words}</span>
            <span className="choice__label small quiet">{label}</span>
          </button>
        ))}
      </div>
      {others.length > 0 && <OtherClasses classes={others} chosen={chosen} onChoose={onChoose} />}
    </>
  );
}

function OtherClasses({ classes, chosen, onChoose }: { classes: readonly OutcomeClass[]; chosen: string | null; onChoose: (id: string) => void }) {
  const text = useText().compare;
  const local = useLocal();
  return (
    <div className="final__others" role="group" aria-label={text.other}>
      <span className="small quiet">{text.other}</span>
      {classes.map(({ id, label, key }) => (
        <button key={id} type="button" className="final__other" aria-pressed={chosen === id} aria-keyshortcuts={key} onClick={() => onChoose(id)}>
          {local(label)}
        </button>
      ))}
    </div>
  );
}

function ReasonCodes({ task, chosen, onToggle }: { task: FinalVerdictFormProps['task']; chosen: string | null; onToggle: (id: string) => void }) {
  const text = useText().compare;
  const local = useLocal();
  if (task.reasonCodes.length === 0) return null;
  return (
    <div className="reason-codes" role="group" aria-label={text.reasonCodes}>
      {task.reasonCodes.map(({ id, key, label }) => (
        <button key={id} type="button" className="reason-code" aria-pressed={chosen === id} aria-keyshortcuts={key} onClick={() => onToggle(id)}>
          {chosen === id && <Checkmark size={14} aria-hidden="true" />}
          <KeyCap>{key}</KeyCap>
          {local(label)}
        </button>
      ))}
    </div>
  );
}
