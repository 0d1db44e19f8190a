/** The door: name, password, one button. Says plainly what was wrong and keeps what was typed. */
import { Button, PasswordInput, TextInput } from '@carbon/react';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { ApiError } from '../../shared/http/request.ts';
import { BrandMark } from '../../shared/parts/brand-mark.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import type { Dictionary } from '../../shared/text/de.ts';
import { useText } from '../../shared/text/use-text.ts';
import { useSignIn } from './use-sign-in.mutation.ts';
import './sign-in.css';

export function SignInPage({ ended, tools }: { ended: boolean; tools: ReactNode }) {
  const text = useText();
  const signIn = useSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate({ name, password });
  };
  return (
    <div className="sign-in">
      <header className="sign-in__tools">{tools}</header>
      <main className="sign-in__card">
        <p className="sign-in__brand">
          <BrandMark /> {text.product}
        </p>
        <p className="quiet">{text.signIn.lead}</p>
        <h1>{text.signIn.title}</h1>
        {ended && !signIn.isError && <Notice kind="info">{text.signIn.ended}</Notice>}
        {signIn.isError && <Notice kind="error">{sentenceOf(signIn.error, text)}</Notice>}
        <form onSubmit={submit}>
          <TextInput id="sign-in-name" labelText={text.signIn.name} value={name} autoComplete="username" autoFocus required onChange={(event) => setName(event.target.value)} />
          <PasswordInput id="sign-in-password" labelText={text.signIn.password} value={password} autoComplete="current-password" required showPasswordLabel={text.signIn.show} hidePasswordLabel={text.signIn.hide} onChange={(event) => setPassword(event.target.value)} />
          <Button type="submit" size="lg">
            {text.signIn.submit}
          </Button>
        </form>
        <p className="small quiet">{text.signIn.firstRun}</p>
      </main>
    </div>
  );
}

function sentenceOf(error: unknown, text: Dictionary): string {
  if (!(error instanceof ApiError)) return text.signIn.failed;
  if (error.problem.status === 401) return text.signIn.wrong;
  return error.problem.status === 429 ? text.signIn.locked : text.signIn.failed;
}
