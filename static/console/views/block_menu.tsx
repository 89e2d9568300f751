// Keeping a visitor out, from the menu of their conversation.
import type { JSX } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { explain } from '../state/explain.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import type { Option } from './picker.tsx';
import type { MenuProps } from './pickers.tsx';

const HOUR_MS = 3_600_000;

/** For how long a visitor is kept out; for good with or without where they came from. */
export function BlockMenu({ row, onClose }: MenuProps): JSX.Element {
  const { contacts, notices } = useApp();
  const fail = (error: unknown): void => { notices.fail(explain(error)); };
  const keepOut = (hours: number | null, withAddresses = false) => (): void => {
    const until = hours === null ? null : new Date(Date.now() + hours * HOUR_MS);
    contacts.block(row.contact.id, until, withAddresses).then(
      (lift) => {
        notices.undoable(_('%(name)s cannot write any more.', { name: row.contact.name }), _('Undo'), () => { lift().catch(fail); });
      },
      fail,
    );
  };
  const option = (id: string, label: string, run: () => void): Option => ({ id, label, mark: <Icon name="personOff" />, run });
  const options = [
    option('hour', _('For an hour'), keepOut(1)),
    option('day', _('For a day'), keepOut(24)),
    option('week', _('For a week'), keepOut(168)),
    option('always', _('Until somebody lifts it'), keepOut(null)),
    option('addresses', _('For a week, and whoever comes from the same address'), keepOut(168, true)),
  ];
  return <Picker label={_('Block')} placeholder={_('Block this visitor…')} options={options} onClose={onClose} />;
}
