// What somebody wrote: links that lead somewhere, and the people and teams it mentions.
import type { JSX } from 'preact';
import type { Mention } from '../../shared/events.gen.ts';
import { linkify } from '../../shared/text.ts';
import type { Direction } from '../../shared/types.ts';
import { pieces } from '../state/mentions.ts';
import { useApp } from './context.ts';

function Plain({ text, mentions }: { text: string; mentions: readonly Mention[] }): JSX.Element {
  const { store } = useApp();
  return (
    <>
      {pieces(text, mentions).map((piece, index) =>
        piece.mention ? <bdi key={index} class={`mention ${piece.mention.id === store.me ? 'mention--me' : ''}`}>{piece.text}</bdi> : piece.text,
      )}
    </>
  );
}

export function Words({ text, direction, mentions }: { text: string; direction: Direction; mentions?: readonly Mention[] | undefined }): JSX.Element {
  return (
    <p class="words" dir={direction}>
      {linkify(text).map((segment, index) =>
        segment.href ? <a key={index} href={segment.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{segment.text}</a>
          : mentions?.length ? <Plain key={index} text={segment.text} mentions={mentions} /> : segment.text,
      )}
    </p>
  );
}
