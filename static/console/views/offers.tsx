// Conversations this operator is offered, as cards above everything else.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { _, ngettext } from '../../shared/i18n.ts';
import { languageName, lasting, number } from '../../shared/format.ts';
import { printed } from '../../shared/keys.ts';
import type { OpenOffer } from '../state/offers.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, Sentence } from './small.tsx';

function waited(offer: OpenOffer, now: Date): string {
  return lasting(Math.max(1, Math.round((now.getTime() - Date.parse(offer.waiting_since)) / 1000)));
}

function Card({ offer, isFirst }: { offer: OpenOffer; isFirst: boolean }): JSX.Element {
  const { offers, boot } = useApp();
  const left = offers.left(offer);
  const share = Math.min(1, (offer.endsAt - offers.now.value) / Math.max(1, offer.seconds_left * 1000));
  const name = offer.contact.name;
  return (
    <article class="offer" aria-label={_('Offer: %(name)s', { name })}>
      <header class="offer__head">
        <Avatar name={name} seed={offer.contact.id} size="small" />
        <strong class="truncate grow"><bdi>{name}</bdi></strong>
        <span class="offer__seconds" aria-hidden="true">{number(left)}</span>
      </header>
      {offer.sender && <p class="small"><Sentence text={_('%(name)s asks you to take over')} parts={{ name: offer.sender.name }} /></p>}
      {offer.note && <p class="offer__note offer__text" dir="auto">{offer.note}</p>}
      <p class="offer__text" dir="auto">{offer.text}</p>
      <p class="offer__about muted small">
        {offer.priority === 'urgent' && <span class="badge badge--danger">{_('Urgent')}</span>}
        <span><Icon name="clock" size={14} /> {_('waits for %(time)s', { time: waited(offer, new Date()) })}</span>
        {offer.team_name && <span><bdi>{offer.team_name}</bdi></span>}
        {offer.language !== boot.language && <span>{languageName(offer.language)}</span>}
      </p>
      <div class="offer__actions">
        <button type="button" class="button button--primary" disabled={offer.isBusy} onClick={() => { void offers.accept(offer); }} {...(isFirst ? { 'aria-keyshortcuts': 'Y' } : {})}>
          {_('Accept')}{isFirst && <kbd class="offer__key" aria-hidden="true">{printed('y').join('')}</kbd>}
        </button>
        <button type="button" class="button" disabled={offer.isBusy} onClick={() => { void offers.decline(offer); }}>{_('Decline')}</button>
      </div>
      <div class="offer__time" aria-hidden="true" style={{ '--share': String(Math.max(0, share)) }} />
    </article>
  );
}

/** A screen reader hears of each new one once; the seconds are left out of it. */
export function OfferCards(): JSX.Element {
  const { offers } = useApp();
  const list = offers.list.value;
  const newest = list.at(-1);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!newest) return;
    const seconds = newest.seconds_left;
    setText([
      newest.sender
        ? _('%(sender)s asks you to take over the conversation with %(name)s: %(text)s', { sender: newest.sender.name, name: newest.contact.name, text: newest.note })
        : _('%(name)s waits for an answer: %(text)s', { name: newest.contact.name, text: newest.text }),
      ngettext('You have %(count)s second to accept, with the key Y.', 'You have %(count)s seconds to accept, with the key Y.', seconds, { count: number(seconds) }),
    ].join(' '));
  }, [newest?.id]);
  return (
    <>
      <div class="visually-hidden" role="alert">{list.length > 0 ? text : ''}</div>
      {list.length > 0 && (
        <section class="offers" aria-label={_('Offers')}>
          {list.map((offer, place) => <Card key={offer.id} offer={offer} isFirst={place === 0} />)}
        </section>
      )}
    </>
  );
}
