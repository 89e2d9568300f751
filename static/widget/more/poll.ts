// What the panel opens where sockets are blocked: a script of its own, fetched only there.
export { default } from '../../shared/poll.ts';
