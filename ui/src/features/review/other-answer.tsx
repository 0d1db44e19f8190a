/** Cannot judge, need information, not mine: a short optional text, then sent. What was typed survives a failed attempt. */
import { Button, TextArea } from '@carbon/react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { useText } from '../../shared/text/use-text.ts';

export type OtherAnswer = 'cannot-judge' | 'need-information' | 'not-mine';

type OtherAnswerFormProps = { answer: OtherAnswer; typed: string; busy: boolean; onType: (typed: string) => void; onSend: () => void; onCancel: () => void };

export function OtherAnswerForm({ answer, typed, busy, onType, onSend, onCancel }: OtherAnswerFormProps) {
  const text = useText().review;
  const questions = { 'cannot-judge': text.askWhy, 'need-information': text.askWhat, 'not-mine': text.whyNotMine } satisfies Record<OtherAnswer, string>;
  const names = { 'cannot-judge': text.cannotJudge, 'need-information': text.needInformation, 'not-mine': text.notMine } satisfies Record<OtherAnswer, string>;
  useKeys({ escape: onCancel, 'ctrl+enter': onSend });
  return (
    <div className="other-answer" role="group" aria-label={names[answer]}>
      <TextArea id="other-answer-text" labelText={`${questions[answer]} ${answer === 'need-information' ? '' : text.optional}`} rows={2} maxLength={2000} value={typed} autoFocus onChange={(event) => onType(event.target.value)} />
      <div className="other-answer__actions">
        <Button size="md" disabled={busy || (answer === 'need-information' && typed.trim() === '')} onClick={onSend}>
          {names[answer]}
        </Button>
        <button type="button" className="link-button" onClick={onCancel}>
          {text.cancel}
        </button>
      </div>
    </div>
  );
}
