-- The write of the hot path: one call, one round trip, one commit.
--
-- Locks the conversation, inserts the message, unless there is one of the same client_id, and its
-- event, advances the positions and brings the list columns up to date. A contact's message opens
-- the conversation again; an operator's first reply takes it over. Runs with the caller's rights, so
-- row-level security holds inside it; the tenant is its first argument.
--
-- What the system says by itself is no answer: the contact waits as before, and nobody has read
-- anything.
--
-- Returns the events it recorded, oldest first, each with the outcome:
--   new | seen (same client_id, same text) | conflict (same client_id, other text)
--   | missing (no such conversation for this author) | bad_attachment
CREATE FUNCTION append_message(
    p_tenant uuid,
    p_conversation uuid,
    p_ids uuid[],          -- six fresh ids: message, event, line, event, line, event
    p_client uuid,
    p_kind text,           -- reply | note
    p_author_kind text,    -- contact | operator | api_key | system
    p_author_id uuid,
    p_author_name text,
    p_text text,
    p_direction text,
    p_search text,
    p_snippet text,
    p_attachments uuid[],
    p_mentions jsonb,      -- whom a note mentions, as shown; NULL for nobody
    p_at timestamptz
) RETURNS TABLE (
    outcome text,
    event_type text,
    body jsonb,
    operators_position bigint,
    contact_position bigint
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_conversation conversations_conversation%ROWTYPE;
    v_earlier conversations_message%ROWTYPE;
    v_is_contact boolean := p_author_kind = 'contact';
    v_is_reply boolean := p_kind = 'reply';
    v_is_answer boolean := p_author_kind NOT IN ('contact', 'system');
    v_stamp text := to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    v_author jsonb := jsonb_build_object('kind', p_author_kind, 'id', p_author_id, 'name', p_author_name);
    v_attached int;
    v_files jsonb := '[]'::jsonb;
    v_opens boolean;
    v_takes boolean;
    v_op bigint;  -- of the line
    v_ct bigint;
    v_has_line boolean;
    v_message_op bigint;
    v_message_ct bigint;
    v_line jsonb;
    v_body jsonb;
BEGIN
    PERFORM set_config('parley.tenant_id', p_tenant::text, true);

    SELECT * INTO v_conversation FROM conversations_conversation c
    WHERE c.tenant_id = p_tenant AND c.id = p_conversation
        AND (NOT v_is_contact OR c.contact_id = p_author_id)
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'missing', NULL::text, NULL::jsonb, NULL::bigint, NULL::bigint;
        RETURN;
    END IF;

    v_opens := v_is_contact AND v_is_reply AND v_conversation.status <> 'open';
    v_takes := p_author_kind = 'operator' AND v_is_reply AND v_conversation.operator_id IS NULL;

    -- The line that the message causes, if any, comes before it.
    v_op := v_conversation.operators_position + 1;
    v_ct := v_conversation.contact_position + 1;
    v_has_line := v_opens OR v_takes;
    v_message_op := v_op + v_has_line::int;
    v_message_ct := CASE WHEN v_is_reply THEN v_ct + v_has_line::int END;

    INSERT INTO conversations_message
        (id, tenant_id, conversation_id, kind, author_kind, author_id, author_name, text, direction, client_id,
         line, operators_position, contact_position, search_text, mailed_at, mentions, created_at)
    VALUES
        (p_ids[1], p_tenant, p_conversation, p_kind, p_author_kind, p_author_id, p_author_name, p_text, p_direction,
         p_client, NULL, v_message_op, v_message_ct, p_search, NULL, p_mentions, p_at)
    ON CONFLICT (tenant_id, conversation_id, client_id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO v_earlier FROM conversations_message m
        WHERE m.tenant_id = p_tenant AND m.conversation_id = p_conversation AND m.client_id = p_client;
        IF v_earlier.text = p_text AND v_earlier.kind = p_kind AND v_earlier.author_kind = p_author_kind THEN
            RETURN QUERY SELECT 'seen', NULL::text, jsonb_build_object('id', v_earlier.id),
                v_earlier.operators_position, v_earlier.contact_position;
        ELSE
            RETURN QUERY SELECT 'conflict', NULL::text, NULL::jsonb, NULL::bigint, NULL::bigint;
        END IF;
        RETURN;
    END IF;

    IF v_opens THEN
        v_line := append_line(p_tenant, p_conversation, p_ids[3], v_author, '{"code": "reopened"}', v_op, v_ct, p_at);
        v_body := jsonb_build_object('conversation_id', p_conversation, 'by', v_author, 'line', v_line);
        INSERT INTO tenants_eventrecord
            (id, tenant_id, conversation_id, type, payload, operators_position, contact_position, created_at)
        VALUES (p_ids[4], p_tenant, p_conversation, 'conversation.reopened', v_body, v_op, v_ct, p_at);
        RETURN QUERY SELECT 'new', 'conversation.reopened', v_body, v_op, v_ct;
    END IF;

    IF v_takes THEN
        v_line := append_line(
            p_tenant, p_conversation, p_ids[5], v_author,
            jsonb_build_object('code', 'joined', 'operator', p_author_name), v_op, v_ct, p_at
        );
        v_body := jsonb_build_object(
            'conversation_id', p_conversation, 'operator_id', p_author_id, 'operator_name', p_author_name,
            'team_id', v_conversation.team_id, 'by', v_author, 'line', v_line
        );
        INSERT INTO tenants_eventrecord
            (id, tenant_id, conversation_id, type, payload, operators_position, contact_position, created_at)
        VALUES (p_ids[6], p_tenant, p_conversation, 'conversation.assigned', v_body, v_op, v_ct, p_at);
        RETURN QUERY SELECT 'new', 'conversation.assigned', v_body, v_op, v_ct;
    END IF;

    IF cardinality(p_attachments) > 0 THEN
        WITH taken AS (
            UPDATE conversations_attachment a SET message_id = p_ids[1]
            WHERE a.tenant_id = p_tenant AND a.conversation_id = p_conversation AND a.message_id IS NULL
                AND a.id = ANY (p_attachments)
                AND a.uploaded_by_kind = p_author_kind AND a.uploaded_by_id IS NOT DISTINCT FROM p_author_id
            RETURNING a.*
        )
        SELECT count(*), coalesce(jsonb_agg(jsonb_build_object(
            'id', t.id, 'name', t.name, 'content_type', t.content_type, 'size', t.size,
            'width', t.width, 'height', t.height
        ) ORDER BY array_position(p_attachments, t.id)), '[]') INTO v_attached, v_files FROM taken t;
        IF v_attached <> cardinality(p_attachments) THEN
            RAISE EXCEPTION 'bad_attachment' USING ERRCODE = 'PA001';
        END IF;
    END IF;

    v_body := jsonb_build_object('conversation_id', p_conversation, 'message', jsonb_build_object(
        'id', p_ids[1], 'conversation_id', p_conversation, 'kind', p_kind, 'client_id', p_client,
        'author', v_author, 'text', p_text, 'direction', p_direction, 'attachments', v_files,
        'line', NULL, 'created_at', v_stamp
    ) || CASE WHEN p_mentions IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('mentions', p_mentions) END);
    INSERT INTO tenants_eventrecord
        (id, tenant_id, conversation_id, type, payload, operators_position, contact_position, created_at)
    VALUES
        (p_ids[2], p_tenant, p_conversation, CASE WHEN v_is_reply THEN 'message.created' ELSE 'note.created' END,
         v_body, v_message_op, v_message_ct, p_at);

    IF v_is_reply THEN
        UPDATE conversations_conversation c SET
            operators_position = v_message_op,
            contact_position = v_message_ct,
            last_message_text = p_snippet,
            last_message_author_kind = p_author_kind,
            last_message_at = p_at,
            last_activity_at = CASE WHEN v_is_contact OR v_is_answer THEN p_at ELSE c.last_activity_at END,
            message_count = c.message_count + 1,
            status = CASE WHEN v_is_contact THEN 'open' ELSE c.status END,
            snoozed_until = CASE WHEN v_is_contact THEN NULL ELSE c.snoozed_until END,
            resolved_at = CASE WHEN v_opens THEN NULL ELSE c.resolved_at END,
            operator_id = CASE WHEN v_takes THEN p_author_id ELSE c.operator_id END,
            waiting_since = CASE
                WHEN v_is_contact THEN coalesce(c.waiting_since, p_at) WHEN v_is_answer THEN NULL
                ELSE c.waiting_since END,
            first_contact_message_at = CASE
                WHEN v_is_contact THEN coalesce(c.first_contact_message_at, p_at) ELSE c.first_contact_message_at END,
            first_reply_at = CASE
                WHEN p_author_kind = 'operator' AND c.first_contact_message_at IS NOT NULL
                THEN coalesce(c.first_reply_at, p_at) ELSE c.first_reply_at END,
            unread_count = CASE
                WHEN v_is_contact THEN c.unread_count + 1 WHEN v_is_answer THEN 0 ELSE c.unread_count END,
            operators_read_position = CASE WHEN v_is_answer THEN v_message_op ELSE c.operators_read_position END,
            operators_seen_position = CASE WHEN v_is_answer THEN v_message_ct ELSE c.operators_seen_position END,
            contact_unread_count = CASE WHEN v_is_contact THEN 0 ELSE c.contact_unread_count + 1 END,
            contact_read_position = CASE WHEN v_is_contact THEN v_message_ct ELSE c.contact_read_position END,
            contact_delivered_position = CASE WHEN v_is_contact THEN v_message_ct ELSE c.contact_delivered_position END
        WHERE c.tenant_id = p_tenant AND c.id = p_conversation;
    ELSE
        UPDATE conversations_conversation c SET operators_position = v_message_op, last_activity_at = p_at
        WHERE c.tenant_id = p_tenant AND c.id = p_conversation;
    END IF;

    RETURN QUERY SELECT 'new', CASE WHEN v_is_reply THEN 'message.created' ELSE 'note.created' END, v_body,
        v_message_op, v_message_ct;
END
$$;
