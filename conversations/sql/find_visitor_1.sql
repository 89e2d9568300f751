-- Who a visitor is, by the hash of their session token, and on a socket what they are greeted with: one round trip.
--
-- The token is looked up before its tenant is known, as `scoping.lookup` does; then everything is read as that
-- tenant. NULL when the token is unknown or expired, its contact blocked or its inbox switched off. What is seen of
-- a session is noted once a minute. The settings of the caller's transaction are as before afterwards.
CREATE FUNCTION find_visitor(p_token_hash text, p_at timestamptz, p_greets boolean) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    v_lookup text := coalesce(current_setting('parley.lookup', true), '');
    v_tenant text := coalesce(current_setting('parley.tenant_id', true), '');
    v_session conversations_visitorsession%ROWTYPE;
    v_found jsonb;
BEGIN
    PERFORM set_config('parley.lookup', p_token_hash, true);
    SELECT * INTO v_session FROM conversations_visitorsession s WHERE s.token_hash = p_token_hash;
    PERFORM set_config('parley.lookup', v_lookup, true);
    IF v_session.id IS NULL OR v_session.expires_at <= p_at THEN
        RETURN NULL;
    END IF;

    PERFORM set_config('parley.tenant_id', v_session.tenant_id::text, true);
    SELECT jsonb_build_object(
        'tenant_id', v_session.tenant_id,
        'inbox_id', i.id,
        'inbox_language', i.language,
        'contact', jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email, 'language', c.language)
    ) INTO v_found
    FROM conversations_contact c, conversations_inbox i
    WHERE c.tenant_id = v_session.tenant_id AND c.id = v_session.contact_id AND NOT c.is_blocked
        AND i.tenant_id = v_session.tenant_id AND i.id = v_session.inbox_id AND i.is_enabled;
    IF v_found IS NOT NULL THEN
        IF v_session.last_seen_at < p_at - interval '1 minute' THEN
            UPDATE conversations_visitorsession s SET last_seen_at = p_at
            WHERE s.tenant_id = v_session.tenant_id AND s.id = v_session.id;
        END IF;
        IF p_greets THEN
            v_found := v_found || jsonb_build_object('conversations', (
                SELECT coalesce(
                    jsonb_agg(
                        contact_conversation(latest.c) ORDER BY (latest.c).last_activity_at DESC, (latest.c).id DESC
                    ), '[]'
                )
                FROM (
                    SELECT c FROM conversations_conversation c
                    WHERE c.tenant_id = v_session.tenant_id AND c.contact_id = v_session.contact_id
                    ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 20
                ) latest
            ));
        END IF;
    END IF;
    PERFORM set_config('parley.tenant_id', v_tenant, true);
    RETURN v_found;
END
$$;
