/** All short cuts of the pages that exist, and the switch that turns single keys off. */
import { Toggle } from '@carbon/react';
import { Close } from '@carbon/react/icons';
import { useEffect, useRef } from 'react';
import { setPreferences, usePreferences } from '../../shared/preferences/preferences.ts';
import { useText } from '../../shared/text/use-text.ts';
import './keys-help.css';

export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const text = useText().keys;
  const { singleKeys } = usePreferences();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { what, ctrl } = text;
  const groups = [
    { name: text.everywhere, keys: [['?', what.help], ['G I', what.goInbox], ['G R', what.goReleases], ['Esc', what.back]] },
    { name: text.lists, keys: [['J K ↓ ↑', what.move], ['Enter', what.open], ['C', what.claim], ['U', what.unclaim]] },
    { name: text.review, keys: [['1 – 9', what.verdict], ['0', what.cannot], ['I', what.information], ['N', what.notMine], ['Z', what.undo], ['C', what.whole], ['A S D F', what.reasons], [`${ctrl} Enter`, what.save]] },
    { name: text.goLive, keys: [['A', what.approve], ['B', what.askBack], ['R', what.reject]] },
    { name: text.fast, keys: [['0 – 9', what.digit], ['X', what.cannotRead], ['Z', what.undo]] },
  ] as const;
  return (
    <dialog ref={dialog} className="keys-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <div className="keys-dialog__head">
        <h2 id="keys-title">{text.title}</h2>
        <button type="button" className="icon-button" aria-label={text.close} onClick={() => dialog.current?.close()}>
          <Close size={20} aria-hidden="true" />
        </button>
      </div>
      <div className="keys-help">
        {groups.map(({ name, keys }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {keys.map(([key, words]) => (
                <div key={key}>
                  <dt>
                    <kbd className="key-cap">{key}</kbd>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Toggle id="single-keys" size="sm" labelText={`${text.single}. ${text.singleHint}`} labelA={text.off} labelB={text.on} toggled={singleKeys} onToggle={(on) => setPreferences({ singleKeys: on })} />
      <p className="small quiet">{text.typing}</p>
    </dialog>
  );
}
