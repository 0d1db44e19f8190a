/** Questions put back to who proposed, and the answers; who may answer does it here. */
import { Button, TextArea } from '@carbon/react';
import { useState } from 'react';
import { Failure } from '../../shared/parts/failure.tsx';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useActOnRelease } from '../../shared/releases/use-act-on-release.mutation.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';

export function Questions({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.vote.question_;
  const act = useActOnRelease(detail.release);
  const [answer, setAnswer] = useState('');
  if (detail.questions.length === 0) return null;
  const mayAnswer = detail.actions.includes('answer');
  const send = () => act.mutate({ path: 'answer', body: { text: answer.trim() } }, { onSuccess: () => setAnswer('') });
  return (
    <section aria-label={text.vote.question}>
      {detail.questions.map((one) => (
        <div key={one.vote} className="question">
          <p className="small quiet">{words.asked(one.by.displayName, format.shortMoment(Date.parse(one.at)))}</p>
          <p>{one.question}</p>
          {one.answer === null ? (
            <p className="small quiet">{words.waits}</p>
          ) : (
            <>
              <p className="small quiet">{words.answered('displayName' in one.answer.by ? one.answer.by.displayName : one.answer.by.name, format.shortMoment(Date.parse(one.answer.at)))}</p>
              <p>{one.answer.text}</p>
            </>
          )}
        </div>
      ))}
      {mayAnswer && (
        <div className="question__answer">
          <TextArea id="question-answer" labelText={words.answer} rows={3} maxLength={2000} value={answer} onChange={(event) => setAnswer(event.target.value)} />
          <Button size="sm" disabled={answer.trim() === '' || act.isPending} onClick={send}>
            {words.send}
          </Button>
          {act.isError && <Failure sentence={text.next.failed} error={act.error} onRetry={send} />}
        </div>
      )}
    </section>
  );
}
