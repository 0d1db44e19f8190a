/** The case as the person judges it: its picture where it is one, and the linked form. */
import { Suspense, useCallback, useMemo, useState } from 'react';
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { loadPart } from '../../shared/parts/load-part.ts';
import { Notice } from '../../shared/parts/notice.tsx';
import { PixelPicture } from '../../shared/parts/pixel-picture.tsx';
import { useTheme } from '../../shared/preferences/theme.ts';
import { fieldLabel, valueInWords } from '../../shared/tasks/field-words.ts';
import type { TaskDetail } from '../../shared/tasks/task.ts';
import { useFormats, useText } from '../../shared/text/use-text.ts';
import { pictureAddress, showsPicture } from './case-picture.ts';
import { CaseFields } from './case-fields.tsx';
import { localizeForm, type FormSchema } from './localize-form.ts';

const CaseForm = loadPart(() => import('./case-form.tsx'));

const pictureColours = { g10: { ink: '#161616', paper: '#ffffff' }, g100: { ink: '#f4f4f4', paper: '#161616' } };

export function CaseView({ task }: { task: TaskDetail }) {
  const text = useText().review;
  if (task.input.kind === 'erased') return <Notice kind="warning">{text.erased}</Notice>;
  const own = task.form !== null && showsPicture(task.form.schema) ? null : task.picture;
  return (
    <div className={`case-view${own ? ' case-view--picture' : ''}`}>
      {own && (
        <figure className="case-view__picture">
          <PixelPicture pixels={own} size={320} label={text.picture(own.width, own.height)} />
        </figure>
      )}
      <Input task={task} values={task.input.values} />
    </div>
  );
}

function Input({ task, values }: { task: TaskDetail; values: Readonly<Record<string, unknown>> }) {
  const text = useText();
  const format = useFormats();
  const [broken, setBroken] = useState(false);
  const onBroken = useCallback(() => setBroken(true), []);
  const picture = task.picture;
  const shown = useMemo(() => withoutPicture(values, picture), [values, picture]);
  const theme = useTheme();
  const form = useMemo(() => {
    if (task.form === null) return undefined;
    const { fields } = task;
    const drawn = picture === null ? shown : { ...shown, picture: pictureAddress(picture, pictureColours[theme]) };
    return localizeForm(task.form.schema, drawn, {
      language: format.language,
      label: (field) => (field in fields ? fieldLabel(field, fields, format.language) : undefined),
      value: (field, value) => valueInWords(field, value, fields, { text, format }),
    });
  }, [task, shown, picture, theme, text, format]);
  const list = <CaseFields values={shown} fields={task.fields} />;
  if (form === undefined) return <div className="case-view__sheet">{list}</div>;
  if (broken) {
    return (
      <div className="case-view__sheet">
        <Notice kind="warning">{text.review.formFailed}</Notice>
        {list}
      </div>
    );
  }
  if (!hasWords(form.schema)) return null;
  return (
    <div className="case-view__sheet">
      <Suspense fallback={<FormSkeleton />}>
        <CaseForm schema={form.schema} data={form.data} onBroken={onBroken} />
      </Suspense>
    </div>
  );
}

function FormSkeleton() {
  return (
    <AfterDelay>
      <div aria-hidden="true">
        {['50%', '64%', '40%', '58%', '46%', '60%'].map((width) => (
          <i key={width} className="bone" style={{ width, margin: '14px 0' }} />
        ))}
      </div>
    </AfterDelay>
  );
}

/** The grey values are shown as the picture, not as 64 numbers. */
function withoutPicture(values: Readonly<Record<string, unknown>>, picture: TaskDetail['picture']): Record<string, unknown> {
  const isPicture = (value: unknown) => picture !== null && Array.isArray(value) && value.length === picture.width * picture.height;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isPicture(value)));
}

function hasWords(schema: FormSchema): boolean {
  return Array.isArray(schema.components) && schema.components.length > 0;
}
