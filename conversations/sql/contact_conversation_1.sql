-- A conversation as its contact sees it (ContactConversationShape): greeting, API and pages take it from here.
CREATE FUNCTION contact_conversation(c conversations_conversation) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'id', c.id,
        'status', CASE WHEN c.status IN ('pending', 'snoozed') THEN 'open' ELSE c.status END,
        'subject', c.subject,
        'language', c.language,
        'operator', (
            SELECT jsonb_build_object('name', o.display_name) FROM operators_operator o
            WHERE o.tenant_id = c.tenant_id AND o.id = c.operator_id
        ),
        'position', c.contact_position,
        'read_position', c.contact_read_position,
        'operators_seen_position', c.operators_seen_position,
        'unread_count', c.contact_unread_count,
        'last_message', CASE WHEN c.last_message_at IS NOT NULL THEN jsonb_build_object(
            'text', c.last_message_text,
            'author_kind', c.last_message_author_kind,
            'created_at', to_char(c.last_message_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        ) END,
        'created_at', to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'rating', (
            SELECT jsonb_build_object(
                'score', r.score,
                'comment', r.comment,
                'can_rate', c.status = 'resolved' AND r.comment = ''
            )
            FROM conversations_rating r
            WHERE r.tenant_id = c.tenant_id AND r.conversation_id = c.id AND r.resolution = c.resolution_count
        )
    )
$$;
