// Files and pictures: chosen, pasted or dropped, uploaded at once with progress, shown in the thread.
import type { VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { newId } from '../../shared/ids.ts';
import type { Attachment, Problem } from '../../shared/types.ts';
import { cell } from '../panel/cell.ts';
import { conversation } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { authorize } from '../panel/session.ts';
import { current, refusal } from '../panel/state.ts';
import { send as sendMessage, takeFocus } from '../panel/views/composer.tsx';
import { CROSS, FILE, Icon, PLUS } from './icons.tsx';
import { number, problem, size } from './words.ts';

interface Upload {
  id: string;
  file: File;
  /** A picture's own bytes, shown while it travels. */
  preview: string;
  /** From 0 to 1. */
  progress: number;
  attachment: Attachment | null;
  error: string;
  /** The conversation it is for, nothing for one that is to begin. */
  of: string;
  cancel: () => void;
}

const uploads = cell<readonly Upload[]>([]);
/** Something is being dragged over the panel. */
const isDragging = cell(false);
let isSendDue = false;

/** Those of the conversation in view. */
function here(): readonly Upload[] {
  return uploads.value.filter(({ of }) => of === (current.value?.id ?? ''));
}

function change(id: string, part: Partial<Upload>): void {
  uploads.value = uploads.value.map((upload) => (upload.id === id ? { ...upload, ...part } : upload));
}

function drop(upload: Upload): void {
  upload.cancel();
  URL.revokeObjectURL(upload.preview);
  uploads.value = uploads.value.filter(({ id }) => id !== upload.id);
  refusal.value = '';
  takeFocus();
}

function refused(file: File): string {
  const isPicture = file.type.startsWith('image/');
  if (file.size > (isPicture ? config.limits.image : config.limits.file)) return 'too_large';
  const [ending = ''] = /\.[^.]*$/.exec(file.name.toLowerCase()) ?? [];
  return config.accept.split(',').includes(ending) ? '' : 'unsupported_file';
}

export function addFiles(list: Iterable<File>): void {
  for (const file of list) {
    if (here().length >= config.limits.attachments) {
      refusal.value = 'too_many_files';
      return;
    }
    const preview = /^image\/(png|jpeg|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : '';
    const upload = { id: newId(), file, preview, progress: 0, attachment: null, error: refused(file), of: current.value?.id ?? '', cancel: () => undefined };
    uploads.value = [...uploads.value, upload];
    if (!upload.error) void send(upload);
  }
}

async function send(upload: Upload): Promise<void> {
  const { id, file } = upload;
  change(id, { error: '', progress: 0 });
  try {
    const form = new FormData();
    const of = await conversation();
    change(id, { of });
    form.append('conversation_id', of);
    form.append('file', file);
    if (uploads.value.some((other) => other.id === id)) post(id, form);
  } catch {
    change(id, { error: 'disconnected' });
  }
}

/** XMLHttpRequest, because fetch does not tell how much of a body has gone. */
function post(id: string, form: FormData): void {
  const request = new XMLHttpRequest();
  request.open('POST', '/widget/upload');
  authorize(request);
  request.upload.onprogress = ({ loaded, total }) => { change(id, { progress: total ? loaded / total : 0 }); };
  request.onload = () => {
    let answer: Partial<Attachment & Problem> = {};
    try {
      answer = JSON.parse(request.responseText) as typeof answer;
    } catch {
      // A proxy's own page: its status says enough.
    }
    if (request.status < 300) uploaded(id, answer as Attachment);
    else change(id, { error: answer.code ?? (request.status === 413 ? 'too_large' : 'unavailable') });
  };
  request.onerror = () => { change(id, { error: 'disconnected' }); };
  change(id, { cancel: () => { request.abort(); } });
  request.send(form);
}

function uploaded(id: string, attachment: Attachment): void {
  change(id, { progress: 1, attachment });
  if (isSendDue && !isTravelling()) {
    isSendDue = false;
    sendMessage();
  }
}

function isTravelling(): boolean {
  return here().some(({ attachment, error }) => !attachment && !error);
}

/** A message sent while its files still travel goes when the last of them has arrived. */
export function isUploading(): boolean {
  isSendDue = isTravelling();
  return isSendDue;
}

/** What was uploaded for the message being written, which takes it along. */
export function takeFiles(): readonly Attachment[] {
  const taken = here().filter(({ attachment }) => attachment);
  for (const { preview } of taken) URL.revokeObjectURL(preview);
  // What failed stays, to be tried again or taken out.
  uploads.value = uploads.value.filter((upload) => !taken.includes(upload));
  // In the order they arrived, as the server will list them.
  return taken.flatMap(({ attachment }) => attachment ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function listenForFiles(): void {
  addEventListener('paste', ({ clipboardData }) => { if (clipboardData?.files.length) addFiles(clipboardData.files); });
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    isDragging.value = true;
  });
  addEventListener('dragleave', ({ relatedTarget }) => { if (!relatedTarget) isDragging.value = false; });
  addEventListener('drop', (event) => {
    event.preventDefault();
    isDragging.value = false;
    addFiles(event.dataTransfer?.files ?? []);
  });
}

export function AttachButton(): VNode {
  return (
    <label class="quiet" title={_('Attach a file')}>
      <Icon d={PLUS} />
      <input
        type="file"
        multiple
        class="hidden"
        aria-label={_('Attach a file')}
        accept={config.accept}
        onChange={({ currentTarget }) => {
          addFiles(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
    </label>
  );
}

function Chip({ upload }: { upload: Upload }): VNode {
  const { file, preview, progress, attachment, error } = upload;
  return (
    <li class={error ? 'chip bad' : 'chip'}>
      {preview ? <img src={preview} alt="" /> : <Icon d={FILE} />}
      <span>
        <bdi>{file.name}</bdi>
        <small role={error ? 'alert' : undefined}>
          {error ? problem(error) : attachment ? size(file.size) : `${number(Math.round(progress * 100))} %`}
          {/^(dis|una|too_many)/.test(error) && <button type="button" onClick={() => void send(upload)}>{_('Try again')}</button>}
        </small>
        {!error && !attachment && <progress value={progress} aria-label={file.name} />}
      </span>
      <button type="button" class="quiet" aria-label={_('Remove %(name)s', { name: file.name })} onClick={() => { drop(upload); }}>
        <Icon d={CROSS} />
      </button>
    </li>
  );
}

export function Uploads(): VNode {
  return (
    <>
      {here().length > 0 && <ul class="chips">{here().map((upload) => <Chip key={upload.id} upload={upload} />)}</ul>}
      {isDragging.value && <p class="drop">{_('Drop files here')}</p>}
    </>
  );
}

export function Files({ files, isOwn }: { files: readonly Attachment[]; isOwn: boolean }): VNode {
  return (
    <>
      {files.map(({ id, url, name, width, height, size: bytes }) =>
        width && height ? (
          <a key={id} class="picture" href={url} target="_blank" rel="noopener noreferrer">
            <img src={url} width={width} height={height} alt={name} />
          </a>
        ) : (
          <a key={id} class={isOwn ? 'bubble own file' : 'bubble file'} href={url} target="_blank" rel="noopener noreferrer">
            <Icon d={FILE} />
            <span><bdi>{name}</bdi><small>{size(bytes)}</small></span>
          </a>
        ),
      )}
    </>
  );
}
