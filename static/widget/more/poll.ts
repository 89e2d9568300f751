// What the panel opens where sockets are blocked: a script of its own, fetched only there.
import open from '../../shared/poll.ts';
import { transport } from '../panel/client.ts';

transport.open = open;
