// Stands in for static/shared/amend_row.ts: a visitor never holds an operator's row.
import type { ConversationRow } from '../../shared/types.ts';

export function amendedRow(): Partial<ConversationRow> {
  return {};
}
