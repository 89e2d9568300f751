-- Find messages of one tenant by folded text. Row-level security would switch the trigram index off
-- (ILIKE is not leakproof), so this one function runs as a role that bypasses it: it takes the tenant
-- from the same setting the policies use, returns ids only, and the caller reads the rows under its own rights.
CREATE FUNCTION search_messages(p_words text[], p_limit int)
RETURNS TABLE (message_id uuid, conversation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, m.conversation_id FROM conversations_message m
    WHERE m.tenant_id = nullif(current_setting('parley.tenant_id', true), '')::uuid
        AND m.search_text <> ''
        AND m.search_text LIKE ALL (
            SELECT '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%' FROM unnest(p_words) w
        )
    ORDER BY m.created_at DESC, m.id DESC
    LIMIT p_limit
$$;
