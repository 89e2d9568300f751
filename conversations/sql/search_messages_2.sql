-- Find messages of one tenant by folded text. Row-level security would switch the trigram index off
-- (ILIKE is not leakproof), so this one function runs as a role that bypasses it: it takes the tenant
-- from the same setting the policies use, returns ids only, and the caller reads the rows under its own rights.
--
-- The longest word is looked up in the index, which LIKE ALL would not use; the others are looked for in what it finds.
-- A word of one or two letters has no trigram: to read the messages is quicker then than to read the whole index.
CREATE OR REPLACE FUNCTION search_messages(p_words text[], p_limit int)
RETURNS TABLE (message_id uuid, conversation_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_tenant uuid := nullif(current_setting('parley.tenant_id', true), '')::uuid;
    v_patterns text[] := ARRAY(
        SELECT '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        FROM unnest(p_words) w ORDER BY length(w) DESC
    );
BEGIN
    IF (SELECT max(length(w)) FROM unnest(p_words) w) >= 3 THEN
        RETURN QUERY
            SELECT m.id, m.conversation_id FROM conversations_message m
            WHERE m.tenant_id = v_tenant AND m.search_text <> ''
                AND m.search_text LIKE v_patterns[1] AND m.search_text LIKE ALL (v_patterns)
            ORDER BY m.created_at DESC, m.id DESC
            LIMIT p_limit;
    ELSE
        RETURN QUERY
            SELECT m.id, m.conversation_id FROM conversations_message m
            WHERE m.tenant_id = v_tenant AND m.search_text <> '' AND m.search_text LIKE ALL (v_patterns)
            ORDER BY m.created_at DESC, m.id DESC
            LIMIT p_limit;
    END IF;
END
$$;
