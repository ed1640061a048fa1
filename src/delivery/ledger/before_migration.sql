-- Copies the tables of heatwire with their rows, indexes and last numbers, so that an older version can use the copy. Foreign keys
-- are left out.
DO $copy$
DECLARE
    copied CONSTANT TEXT := current_schema();
    copy CONSTANT TEXT := 'SCHEMA_OF_THE_COPY';
    tables CONSTANT TEXT[] := ARRAY['_sqlx_migrations', 'delivery', 'done_once', 'feed', 'guild', 'guild_language', 'identity',
        'lease', 'load_count', 'post', 'process', 'task'];
    found RECORD;
BEGIN
    EXECUTE format('CREATE SCHEMA %I', copy);
    FOR found IN SELECT tablename AS name FROM pg_tables WHERE schemaname = copied AND tablename = ANY (tables) LOOP
        EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL)', copy, found.name, copied, found.name);
        EXECUTE format('INSERT INTO %I.%I SELECT * FROM %I.%I', copy, found.name, copied, found.name);
    END LOOP;
    FOR found IN
        SELECT sequencename AS name, last_value FROM pg_sequences
        WHERE schemaname = copied AND last_value IS NOT NULL AND to_regclass(format('%I.%I', copy, sequencename)) IS NOT NULL
    LOOP
        PERFORM setval(format('%I.%I', copy, found.name)::regclass, found.last_value);
    END LOOP;
    FOR found IN
        SELECT pg_get_functiondef(pg_proc.oid) AS definition FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname = copied AND proname = 'json_each'
    LOOP
        EXECUTE replace(found.definition, format('FUNCTION %I.', copied), format('FUNCTION %I.', copy));
    END LOOP;
END
$copy$;
