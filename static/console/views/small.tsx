// Small pieces used in several panes.
import type { ComponentChildren, JSX } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { initials } from '../../shared/initials.ts';
import type { Priority } from '../../shared/types.ts';
import type { Availability } from '../boot.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';

const TINTS = 8;

/** The colour that always goes with an id: CRC-32 modulo 8, as the server draws it on the other pages. */
export function tint(seed: string): number {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(seed)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0) % TINTS;
}

/** What stands for somebody who has not said their name is a number, and no letters for a picture. */
export const NUMBER = /^#[0-9A-F]+$/;

/** Decoration only: the name stands beside it. */
export function Avatar({ name, seed, size = '' }: { name: string; seed: string; size?: '' | 'small' | 'large' }): JSX.Element {
  return (
    <span class={`avatar ${size && `avatar--${size}`}`} data-tint={tint(seed)} aria-hidden="true">
      {(!NUMBER.test(name) && initials(name)) || <Icon name="person" />}
    </span>
  );
}

export function availabilityName(availability: Availability): string {
  return { online: _('Online'), away: _('Away'), offline: _('Offline') }[availability];
}

export function Presence({ availability }: { availability: Availability }): JSX.Element {
  return <span class={`dot dot--${availability}`} role="img" aria-label={availabilityName(availability)} />;
}

export function priorityName(priority: Priority): string {
  return { none: _('No priority'), low: _('Low'), medium: _('Medium'), high: _('High'), urgent: _('Urgent') }[priority];
}

export function TagDot({ colour }: { colour: string }): JSX.Element {
  return <span class="tag-dot" style={colour ? { backgroundColor: colour } : {}} aria-hidden="true" />;
}

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: (event: MouseEvent) => void;
  /** Shown in the tooltip beside the label. */
  shortcut?: string;
  pressed?: boolean;
  expanded?: boolean;
  small?: boolean;
  disabled?: boolean;
  class?: string;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const title = props.shortcut ? `${props.label} (${props.shortcut})` : props.label;
  return (
    <button
      type="button"
      class={`button button--ghost button--icon ${props.small ? 'button--small' : ''} ${props.class ?? ''}`}
      aria-label={props.label}
      title={title}
      disabled={props.disabled}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded, 'aria-haspopup': 'listbox' as const })}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  children?: ComponentChildren;
}

export function Empty({ icon, title, text, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} size={40} />
      <p class="empty__title">{title}</p>
      {text && <p class="empty__text">{text}</p>}
      {children}
    </div>
  );
}

/** A sentence with an element where `%(name)s` stands, so that translators may move it. */
export function Sentence({ text, parts }: { text: string; parts: Readonly<Record<string, ComponentChildren>> }): JSX.Element {
  return (
    <>
      {text.split(/(%\(\w+\)s)/).map((piece) => {
        const name = /^%\((\w+)\)s$/.exec(piece)?.[1];
        return name === undefined ? piece : <bdi key={name}>{parts[name]}</bdi>;
      })}
    </>
  );
}
