/** Fast mode for cases that are pictures: one key per case, the next ones loaded, the last ones beside it with undo. */
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useKeys, type KeyBindings } from '../../../shared/keys/use-keys.ts';
import { Failure } from '../../../shared/parts/failure.tsx';
import { Notice } from '../../../shared/parts/notice.tsx';
import type { OutcomeClass } from '../../../shared/tasks/task.ts';
import { useService } from '../../../shared/tasks/use-service.query.ts';
import { useText } from '../../../shared/text/use-text.ts';
import CompareStep from '../compare-step.tsx';
import { OtherAnswerForm, type OtherAnswer } from '../other-answer.tsx';
import { cannotJudgeKey, otherKeys } from '../verdict-buttons.tsx';
import { FastHead } from './fast-head.tsx';
import { JustNow, NextCases } from './fast-sides.tsx';
import { FastStageView } from './fast-stage.tsx';
import { useFastRound } from './use-fast-round.ts';
import './fast-mode.css';
import '../review.css';

export function FastMode({ service: serviceId, me, banner, onHelp }: { service: string; me: string; banner: ReactNode; onHelp: () => void }) {
  const text = useText();
  const navigate = useNavigate();
  const service = useService(serviceId);
  const fast = useFastRound(serviceId, me);
  const [other, setOther] = useState<OtherAnswer>();
  const [typed, setTyped] = useState('');
  const { stage, round } = fast;
  const classes = service.data?.classes ?? [];
  const leave = () => void navigate(`/inbox/mine?service=${serviceId}`);
  const judge = (outcomeClass: OutcomeClass) => fast.judge(outcomeClass);
  const openOther = (answer: OtherAnswer) => {
    if (stage.kind === 'blind') setOther(answer);
  };
  const closeOther = () => {
    setOther(undefined);
    setTyped('');
  };
  const sendOther = () => {
    if (other === undefined || (other === 'need-information' && typed.trim() === '')) return;
    const words = { 'cannot-judge': text.fast.cannotRead, 'need-information': text.review.needInformation, 'not-mine': text.review.notMine }[other];
    fast.answer(other, words, typed.trim());
    closeOther();
  };
  const keys: KeyBindings = { escape: leave, z: () => fast.undo() };
  const blindKeys: KeyBindings = {
    [cannotJudgeKey(classes)]: () => openOther('cannot-judge'),
    [otherKeys['need-information']]: () => openOther('need-information'),
    [otherKeys['not-mine']]: () => openOther('not-mine'),
    ...Object.fromEntries(classes.map((outcomeClass) => [outcomeClass.key, () => judge(outcomeClass)])),
  };
  useKeys(stage.kind === 'blind' && other === undefined ? { ...keys, ...blindKeys } : keys);

  const failed = service.error ?? (round.known.size === 0 ? fast.error : null);
  if (failed !== null) {
    const retry = () => {
      void service.refetch();
      fast.retry();
    };
    return (
      <main className="review--message" id="main">
        <Failure sentence={text.list.failed} error={failed} onRetry={retry} />
      </main>
    );
  }
  return (
    <main className="fast" id="main">
      <FastHead service={service.data} round={round} waiting={fast.waiting} onHelp={onHelp} onLeave={leave} />
      <div className="fast__banner">{banner}</div>
      <JustNow round={round} onUndo={fast.undo} onHeld={fast.held} />
      {stage.kind === 'compare' ? (
        <div className="fast__compare review">
          <CompareStep key={stage.compare.userTaskKey} task={stage.compare} onAnswered={({ task, words }) => fast.settle(task, words)} onNext={leave} onReload={fast.retry} />
        </div>
      ) : (
        <div className="fast__stage">
          {fast.failure !== undefined && (
            <Notice kind="error">
              <b>{text.review.notStored}</b> {fast.failure.message}
            </Notice>
          )}
          <FastStageView stage={stage} loading={fast.loading} service={service.data} onJudge={judge} onOther={openOther} otherShown={other !== undefined} onLeave={leave} />
          {other !== undefined && <OtherAnswerForm answer={other} typed={typed} busy={false} onType={setTyped} onSend={sendOther} onCancel={closeOther} />}
        </div>
      )}
      <NextCases round={round} stage={stage} />
    </main>
  );
}
