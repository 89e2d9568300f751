// The frames of the socket that carry events, as the server declares them. Recorded events have a position in their
// conversation, ephemeral ones have none.
export type { EphemeralEvent, RecordedEvent, TenantEvent, UnreadChanged, Viewer, Visitor, WireEvent } from './events.gen.ts';
