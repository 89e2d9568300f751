// Values that are read until they are touched, and then written in place.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { IconButton } from './small.tsx';

interface EditableProps {
  icon: IconName;
  label: string;
  value: string;
  isReadOnly: boolean;
  /** Returns null, or what is wrong in the page's language. */
  keep: (value: string) => Promise<string | null>;
}

interface TextProps extends EditableProps {
  /** Whose value it is: another one begins afresh. */
  id: string;
  name: string;
  empty: string;
  type: 'text' | 'email' | 'tel';
  limit: number;
}

// One object a kind: Preact's types tie other attributes to a literal type.
const TYPES = { text: { type: 'text' }, email: { type: 'email' }, tel: { type: 'tel' } } as const;

/** Enter keeps, Escape drops, leaving keeps. */
export function EditableText({ id, name, icon, label, empty, type, limit, value, isReadOnly, keep }: TextProps): JSX.Element {
  const app = useApp();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const isEditing = text !== null;
  const direction = type === 'text' ? 'auto' : 'ltr';
  useEffect(() => { if (isEditing) input.current?.select(); }, [isEditing]);
  useEffect(() => { setText(null); setError(null); }, [id]);
  const finish = async (): Promise<void> => {
    if (text === null) return;
    const wrong = text.trim() === value ? null : await keep(text.trim());
    setError(wrong);
    if (wrong === null) setText(null);
  };
  const drop = (): void => {
    setText(null);
    setError(null);
    requestAnimationFrame(() => { opener.current?.focus(); });
  };
  const copy = (): void => {
    void navigator.clipboard.writeText(value).then(() => { app.notices.say(_('Copied.')); });
  };
  return (
    <div class="fact">
      <Icon name={icon} size={16} />
      {isEditing ? (
        <div class="grow">
          <input
            ref={input} class="input" {...TYPES[type]} value={text} aria-label={label} dir={direction} maxLength={limit}
            {...(error ? { 'aria-invalid': 'true' as const, 'aria-describedby': `error-${name}` } : {})}
            onInput={(event) => { setText(event.currentTarget.value); }}
            onBlur={() => void finish()}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === 'Enter') void finish();
              if (event.key === 'Escape') drop();
              if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
            }}
          />
          {error && <p class="field__error" id={`error-${name}`} role="alert">{error}</p>}
        </div>
      ) : (
        <>
          <button
            ref={opener} type="button" class={`fact__value grow ${value ? '' : 'faint'}`} disabled={isReadOnly}
            title={_('Edit')} aria-label={`${label}: ${value || empty}. ${_('Edit')}`} onClick={() => { setText(value); }}
          >
            <bdi dir={value ? direction : 'auto'}>{value || empty}</bdi>
          </button>
          {value && <IconButton small class="fact__copy" icon="copy" label={_('Copy %(label)s', { label })} onClick={copy} />}
        </>
      )}
    </div>
  );
}

interface ChoiceProps extends EditableProps {
  options: readonly { value: string; label: string }[];
}

/** A value out of a few: it looks like text until it is touched. */
export function EditableChoice({ icon, label, options, value, isReadOnly, keep }: ChoiceProps): JSX.Element {
  return (
    <div class="fact">
      <Icon name={icon} size={16} />
      <select
        class="input fact__value fact__choice grow" aria-label={label} title={label} disabled={isReadOnly} value={value}
        onChange={(event) => void keep(event.currentTarget.value)}
      >
        {options.map((one) => <option key={one.value} value={one.value} selected={one.value === value}>{one.label}</option>)}
      </select>
    </div>
  );
}
