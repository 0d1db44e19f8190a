/** One part of a page that failed alone: the sentence, a second try, and the details for support. */
import { useState } from 'react';
import { ApiError } from '../http/request.ts';
import { useText } from '../text/use-text.ts';
import { Notice } from './notice.tsx';

export function Failure({ sentence, error, onRetry }: { sentence: string; error: unknown; onRetry: () => void }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const details = error instanceof ApiError ? JSON.stringify(error.problem, null, 2) : String(error);
  const copy = () => {
    navigator.clipboard.writeText(details).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="failure">
      <Notice kind="error">
        <b>{sentence}</b> {error instanceof ApiError ? error.message : ''}
      </Notice>
      <div className="actions">
        <button type="button" className="link-button" onClick={onRetry}>
          {text.common.tryAgain}
        </button>
        <button type="button" className="link-button" onClick={copy}>
          {copied ? text.common.copied : text.common.copyDetails}
        </button>
      </div>
    </div>
  );
}
