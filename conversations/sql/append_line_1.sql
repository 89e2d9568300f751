-- Insert an event line into a thread and return it as the shape that clients know, without positions.
CREATE FUNCTION append_line(
    p_tenant uuid,
    p_conversation uuid,
    p_id uuid,
    p_author jsonb,
    p_line jsonb,
    p_operators_position bigint,
    p_contact_position bigint,
    p_at timestamptz
) RETURNS jsonb
LANGUAGE sql AS $$
    INSERT INTO conversations_message
        (id, tenant_id, conversation_id, kind, author_kind, author_id, author_name, text, direction, client_id,
         line, operators_position, contact_position, search_text, mailed_at, created_at)
    VALUES
        (p_id, p_tenant, p_conversation, 'event', p_author->>'kind', (p_author->>'id')::uuid, p_author->>'name',
         '', 'auto', p_id, p_line, p_operators_position, p_contact_position, '', NULL, p_at)
    RETURNING jsonb_build_object(
        'id', id, 'conversation_id', conversation_id, 'kind', 'event', 'client_id', NULL, 'author', p_author,
        'text', '', 'direction', 'auto', 'attachments', '[]'::jsonb, 'line', p_line,
        'created_at', to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    )
$$;
