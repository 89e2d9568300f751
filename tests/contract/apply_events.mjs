// Runs the client's own reducer in Node: reads {audience, conversations, threads, events} from standard input and
// writes the state after the events. The source is bundled by the build's own bundler, so there is no second reducer.
import { rolldown } from 'rolldown';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const given = JSON.parse(Buffer.concat(chunks).toString('utf8'));

const bundle = await rolldown({ input: 'static/shared/reduce.ts', logLevel: 'silent' });
const { output } = await bundle.generate({ format: 'esm' });
const source = Buffer.from(output[0].code).toString('base64');
const { emptyState, reduce, withConversation, withThread } = await import(`data:text/javascript;base64,${source}`);

let state = emptyState(given.audience);
for (const conversation of given.conversations) state = withConversation(state, conversation);
for (const [id, thread] of Object.entries(given.threads)) state = withThread(state, id, thread);
for (const event of given.events) state = reduce(state, event);
process.stdout.write(JSON.stringify({ conversations: state.conversations, threads: state.threads }));
