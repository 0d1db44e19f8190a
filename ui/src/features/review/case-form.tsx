/** The case, drawn by form-js from the linked form, read only. Loaded when the first case is opened; bpmn.io's mark stays visible. */
import { Form } from '@bpmn-io/form-js-viewer';
import { useEffect, useRef, useState } from 'react';
import type { FormSchema } from './localize-form.ts';
import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css';
import './case-form.scss';

export default function CaseForm({ schema, data, onBroken }: { schema: FormSchema; data: Record<string, unknown>; onBroken: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const broken = useRef(onBroken);
  useEffect(() => {
    broken.current = onBroken;
  });
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const container = place.current;
    const form = new Form({ container });
    form.setProperty('readOnly', true);
    form.importSchema(schema, data).then(
      () => {
        leaveTabOrder(container);
        setDrawn(true);
      },
      (error: unknown) => {
        console.error('The linked form could not be drawn', error);
        broken.current();
      },
    );
    return () => form.destroy();
  }, [schema, data]);
  return <div ref={place} className="case-form" data-drawn={drawn} />;
}

/** Read-only texts need no tab stop each: the way from the list to the verdict stays short. */
function leaveTabOrder(container: HTMLElement): void {
  for (const field of container.querySelectorAll<HTMLElement>('textarea, input, select')) field.tabIndex = -1;
}
