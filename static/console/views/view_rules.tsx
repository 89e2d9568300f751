// The conditions of a view, and groups of them.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import {
  condition, conditionsOf, depthOf, FIELDS, group, isGroup, MOST_CONDITIONS, MOST_DEPTH, OPS, replaced, turned,
} from '../state/view_tree.ts';
import type { Condition, Field, Group, Op, Part, Path } from '../state/view_tree.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { IconButton } from './small.tsx';
import { choicesOf, fieldName, opName } from './view_words.ts';

interface RuleProps {
  part: Condition;
  onChange: (part: Condition) => void;
  onRemove: () => void;
}

/** Several values out of a few: those chosen, each with a way out, and the rest to choose from. */
function Chosen({ part, onChange }: RuleProps): JSX.Element {
  const app = useApp();
  const values = part.value as readonly string[];
  const choices = choicesOf(app, part.field);
  const rest = choices.filter((one) => !values.includes(one.value));
  return (
    <span class="cond__value cond__chosen">
      {values.map((value) => (
        <button key={value} type="button" class="chip" title={_('Remove')} onClick={() => { onChange({ ...part, value: values.filter((one) => one !== value) }); }}>
          <bdi class="truncate">{choices.find((one) => one.value === value)?.label ?? _('Gone')}</bdi>
          <Icon name="close" size={13} /><span class="visually-hidden">{_('Remove')}</span>
        </button>
      ))}
      {rest.length > 0 && (
        <select
          class="input cond__add" aria-label={_('Add a value')} value=""
          onChange={(event) => {
            const { value } = event.currentTarget;
            event.currentTarget.value = '';
            if (value) onChange({ ...part, value: [...values, value] });
          }}
        >
          <option value="">{values.length ? _('or…') : _('Choose…')}</option>
          {rest.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
      )}
    </span>
  );
}

function Value(props: RuleProps): JSX.Element {
  const { part, onChange } = props;
  const { value } = part;
  if (typeof value === 'boolean') {
    return (
      <select class="input cond__value" aria-label={_('Value')} value={String(value)} onChange={(event) => { onChange({ ...part, value: event.currentTarget.value === 'true' }); }}>
        <option value="true" selected={value}>{_('yes')}</option>
        <option value="false" selected={!value}>{_('no')}</option>
      </select>
    );
  }
  if (typeof value === 'number') {
    return (
      <span class="cond__value cond__number">
        <input
          class="input" type="number" inputMode="numeric" min={1} max={part.op === 'over' ? 527_040 : 3660} aria-label={_('Value')} value={value}
          onInput={(event) => { onChange({ ...part, value: Math.max(0, Math.round(event.currentTarget.valueAsNumber || 0)) }); }}
        />
        <span class="small">{part.op === 'over' ? _('minutes') : _('days')}</span>
      </span>
    );
  }
  if (typeof value !== 'string') return <Chosen {...props} />;
  const change = (event: { currentTarget: HTMLInputElement }): void => { onChange({ ...part, value: event.currentTarget.value }); };
  if (part.op === 'contains') {
    return <input class="input cond__value" type="text" dir="auto" maxLength={100} placeholder={_('Name or e-mail')} aria-label={_('Value')} value={value} onInput={change} />;
  }
  return <input class="input cond__value" type="date" min="2000-01-01" max="2099-12-31" aria-label={_('Value')} value={value} onInput={change} />;
}

function Rule(props: RuleProps): JSX.Element {
  const { part, onChange, onRemove } = props;
  const ops = OPS[part.field];
  return (
    <div class="cond" role="group" aria-label={fieldName(part.field)}>
      <select class="input cond__field" aria-label={_('Field')} value={part.field} onChange={(event) => {
        const field = event.currentTarget.value as Field;
        onChange(turned(part, field, OPS[field][0] ?? 'is'));
      }}>
        {FIELDS.map((field) => <option key={field} value={field} selected={field === part.field}>{fieldName(field)}</option>)}
      </select>
      {ops.length > 1 ? (
        <select class="input cond__op" aria-label={_('Comparison')} value={part.op} onChange={(event) => { onChange(turned(part, part.field, event.currentTarget.value as Op)); }}>
          {ops.map((op) => <option key={op} value={op} selected={op === part.op}>{opName(op)}</option>)}
        </select>
      ) : (
        typeof part.value !== 'boolean' && <span class="cond__op small">{opName(part.op)}</span>
      )}
      <Value {...props} />
      <IconButton small class="cond__remove" icon="close" label={_('Remove this condition')} onClick={onRemove} />
    </div>
  );
}

interface PartsProps {
  tree: Group;
  path: Path;
  /** Groups around this one, itself included. */
  depth: number;
  isFull: boolean;
  change: (path: Path, part: Part | null) => void;
}

function Parts({ tree, path, depth, isFull, change }: PartsProps): JSX.Element {
  const box = useRef<HTMLFieldSetElement>(null);
  const add = (part: Part): void => {
    change(path, { ...tree, parts: [...tree.parts, part] });
    // Whoever adds a condition goes on with it.
    requestAnimationFrame(() => { [...(box.current?.querySelectorAll<HTMLElement>('.cond__field') ?? [])].at(-1)?.focus(); });
  };
  const remove = (index: number): void => {
    change([...path, index], null);
    requestAnimationFrame(() => { box.current?.querySelector<HTMLElement>(':scope > .rules__add button')?.focus(); });
  };
  const isInner = depth > 1;
  return (
    <fieldset class={`rules ${isInner ? 'rules--inner' : ''}`} ref={box}>
      <legend class="visually-hidden">{isInner ? _('Group of conditions') : _('Conditions')}</legend>
      <div class="rules__head">
        <select
          class="input rules__joined" aria-label={_('How many must hold')} value={tree.joined}
          onChange={(event) => { change(path, { ...tree, joined: event.currentTarget.value as Group['joined'] }); }}
        >
          <option value="all" selected={tree.joined === 'all'}>{_('All of these hold')}</option>
          <option value="any" selected={tree.joined === 'any'}>{_('At least one of these holds')}</option>
        </select>
        <span class="grow" />
        {isInner && <IconButton small icon="trash" label={_('Remove this group')} onClick={() => { change(path, null); }} />}
      </div>
      {tree.parts.map((part, index) => (isGroup(part) ? (
        <Parts key={part.key} tree={part} path={[...path, index]} depth={depth + 1} isFull={isFull} change={change} />
      ) : (
        <Rule key={part.key} part={part} onChange={(next) => { change([...path, index], next); }} onRemove={() => { remove(index); }} />
      )))}
      <div class="rules__add">
        <button type="button" class="button button--small" disabled={isFull} onClick={() => { add(condition()); }}><Icon name="plus" size={14} />{_('Condition')}</button>
        {depth < MOST_DEPTH && (
          <button type="button" class="button button--small" disabled={isFull} onClick={() => { add(group([condition()], tree.joined === 'all' ? 'any' : 'all')); }}>
            <Icon name="plus" size={14} />{_('Group')}
          </button>
        )}
      </div>
    </fieldset>
  );
}

export function Rules(): JSX.Element {
  const { viewEditor } = useApp();
  const tree = viewEditor.tree.value;
  return (
    <Parts
      tree={tree} path={[]} depth={1} isFull={conditionsOf(tree).length >= MOST_CONDITIONS || depthOf(tree) > MOST_DEPTH}
      change={(path, part) => { viewEditor.tree.value = part === null && path.length === 0 ? group([]) : replaced(viewEditor.tree.peek(), path, part); }}
    />
  );
}
