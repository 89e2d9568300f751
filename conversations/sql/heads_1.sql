-- The newest positions of the conversations that the sockets of a process follow: for heartbeats, one call for all.
CREATE FUNCTION heads(p_tenant uuid, p_conversations uuid[])
RETURNS TABLE (conversation_id uuid, operators_position bigint, contact_position bigint)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('parley.tenant_id', p_tenant::text, true);
    RETURN QUERY SELECT c.id, c.operators_position, c.contact_position
    FROM conversations_conversation c WHERE c.tenant_id = p_tenant AND c.id = ANY (p_conversations);
END
$$;
