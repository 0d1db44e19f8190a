/** Asks before anything happens to a release: what it does, the reason that stays in the record, and one button. */
import { TextArea } from '@carbon/react';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../../shared/http/request.ts';
import { ConfirmDialog } from '../../shared/parts/confirm-dialog.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import { nameOfModel } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useActOnRelease, type Reassessment, type ReleaseAct } from '../../shared/releases/use-act-on-release.mutation.ts';
import { useResumeService } from '../../shared/releases/use-resume-service.mutation.ts';
import type { ReleaseDictionary } from '../../shared/releases/words/de.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';

/** What the person pressed; the answers to a re-assessment carry the API's name of the answer. */
export type Asked = 'stop' | 'roll-back' | 'step' | 'resume' | `reassess-${Reassessment}`;

export const reassessmentAnswers = ['renew', 'retrain', 'roll-back', 'withdraw'] as const satisfies readonly Reassessment[];

type ActDialogProps = { detail: ReleaseDetail; asked: Asked; onDone: () => void; onClose: () => void };

export function ActDialog({ detail, asked, onDone, onClose }: ActDialogProps) {
  const text = useReleaseText();
  const [reason, setReason] = useState('');
  const act = useActOnRelease(detail.release);
  const resume = useResumeService(detail.service);
  const withReason = asked !== 'step' && asked !== 'resume';
  const { title, body, danger } = wordsOf(detail, asked, text);
  const send = () => {
    if (asked === 'resume') resume.mutate(undefined, { onSuccess: onDone });
    else act.mutate(actOf(asked, reason.trim()), { onSuccess: onDone });
  };
  const error = act.error ?? resume.error;
  return (
    <ConfirmDialog title={title} confirm={text.next.confirm} cancel={text.next.cancel} danger={danger} busy={act.isPending || resume.isPending} ready={!withReason || reason.trim() !== ''} onConfirm={send} onClose={onClose}>
      <p>{body}</p>
      {withReason && <TextArea id="act-reason" labelText={text.next.why} helperText={text.next.reasonNeeded} rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}
      {error !== null && (
        <Notice kind="error">
          <b>{text.next.failed}</b> {error instanceof ApiError ? error.message : ''}
        </Notice>
      )}
    </ConfirmDialog>
  );
}

function actOf(asked: Exclude<Asked, 'resume'>, reason: string): ReleaseAct {
  if (asked === 'step') return { path: 'step' };
  if (asked === 'stop' || asked === 'roll-back') return { path: asked, body: { reason } };
  return { path: 'reassessment', body: { answer: answerOf(asked), reason } };
}

function answerOf(asked: `reassess-${Reassessment}`): Reassessment {
  return reassessmentAnswers.find((answer) => asked === `reassess-${answer}`) ?? 'withdraw';
}

function wordsOf(detail: ReleaseDetail, asked: Asked, text: ReleaseDictionary): { title: string; body: ReactNode; danger: boolean } {
  const words = text.act;
  const name = nameOfModel(detail);
  const { rollsBackTo } = detail.whatHappens;
  switch (asked) {
    case 'stop':
      return { title: words.stopTitle(name), body: detail.state === 'live' ? words.stopLive : words.stopPromotion, danger: true };
    case 'step':
      return { title: words.stepTitle, body: words.stepBody, danger: false };
    case 'resume':
      return { title: `${text.page.resume}?`, body: words.resumeBody, danger: false };
    case 'roll-back':
    case 'reassess-roll-back':
      return { title: words.rollBackTitle, body: detail.state !== 'live' ? words.rollBackCandidate : rollsBackTo === null ? words.rollBackPeople : words.rollBackTo(nameOfModel(rollsBackTo)), danger: true };
    case 'reassess-renew':
    case 'reassess-retrain':
    case 'reassess-withdraw': {
      const answer = text.next.answers[answerOf(asked)];
      return { title: text.next.answerTitle(answer?.name ?? asked), body: answer?.hint ?? '', danger: answerOf(asked) === 'withdraw' };
    }
    default:
      return asked satisfies never;
  }
}
