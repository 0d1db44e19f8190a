/** A digest in short; pressed, the whole one is copied. */
import { useState } from 'react';
import { useText } from '../text/use-text.ts';
import { shortDigest } from './short-digest.ts';

export function DigestCopy({ digest }: { digest: string }) {
  const text = useText().common;
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(digest).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="plain digest" title={digest} onClick={copy} onBlur={() => setCopied(false)}>
      {copied ? text.copied : shortDigest(digest)}
      <span className="sr-only"> SHA-256</span>
    </button>
  );
}
