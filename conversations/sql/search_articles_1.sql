-- Find articles of one tenant by folded text, as search_messages does with messages, and for the same reason as a role
-- that bypasses row-level security. A text counts when it holds at least p_least of the words; an article is as good as
-- the best of its texts: first by how many words are found, then by how many of them in the title, then in the language
-- that was asked for. Each word is looked up in the trigram index by itself (LIKE ALL and LIKE ANY would not use it).
CREATE FUNCTION search_articles(p_words text[], p_least int, p_language text, p_is_published boolean, p_limit int)
RETURNS TABLE (article_id uuid, words int, words_in_title int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH pattern AS (
        SELECT DISTINCT '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%' AS text
        FROM unnest(p_words) w
    ), found AS (
        SELECT t.article_id, t.language, count(*)::int AS words,
            count(*) FILTER (WHERE t.search_title LIKE pattern.text)::int AS words_in_title
        FROM pattern JOIN conversations_articletext t ON t.search_text LIKE pattern.text
        WHERE t.tenant_id = nullif(current_setting('parley.tenant_id', true), '')::uuid
            AND (t.is_published OR NOT p_is_published)
        GROUP BY t.id, t.article_id, t.language
        HAVING count(*) >= p_least
    ), best AS (
        SELECT DISTINCT ON (found.article_id) found.*
        FROM found
        ORDER BY found.article_id, found.words DESC, found.words_in_title DESC, found.language = p_language DESC
    )
    SELECT best.article_id, best.words, best.words_in_title
    FROM best JOIN conversations_article a ON a.id = best.article_id
    WHERE a.tenant_id = nullif(current_setting('parley.tenant_id', true), '')::uuid AND a.removed_at IS NULL
    ORDER BY best.words DESC, best.words_in_title DESC, best.language = p_language DESC, a.view_count DESC, a.id
    LIMIT p_limit
$$;
