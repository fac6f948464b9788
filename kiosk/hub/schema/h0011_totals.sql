-- Version 11: the counts of a centre are kept as its events come, so that reading them takes as long in ten years as today.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

-- Visits that were not undone and the people of them, people of corrections, requests, units handed over.
CREATE TABLE kiosk.total (
    centre int PRIMARY KEY REFERENCES kiosk.centre, visits bigint NOT NULL DEFAULT 0, people bigint NOT NULL DEFAULT 0,
    corrected bigint NOT NULL DEFAULT 0, requests bigint NOT NULL DEFAULT 0, given bigint NOT NULL DEFAULT 0);

-- What an event says of people, or null.
CREATE FUNCTION kiosk.people(p_said jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT kiosk.number(p_said -> 'adults') + kiosk.number(p_said -> 'children') $$;

-- Count events that are valid from now on. A visit counts as its events say together, so it is counted with and without
-- the new ones.
CREATE FUNCTION kiosk.count_in(p_events kiosk.event[]) RETURNS void LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    INSERT INTO total AS t (centre, visits, people, corrected, requests)
        SELECT centre, sum(visits), sum(people), sum(corrected), sum(requests) FROM (
            SELECT centre, 0 AS visits, 0 AS people,
                CASE kind WHEN 'session.corrected' THEN coalesce(kiosk.number(payload::jsonb -> 'adults'), 0)
                    + coalesce(kiosk.number(payload::jsonb -> 'children'), 0) ELSE 0 END AS corrected,
                (kind = 'request.made')::int AS requests
            FROM unnest(p_events) WHERE kind IN ('session.corrected', 'request.made')
            UNION ALL
            SELECT centre, (since IS NOT NULL)::int - (before IS NOT NULL)::int,
                coalesce(kiosk.people(since), 0) - coalesce(kiosk.people(before), 0), 0, 0
            FROM (SELECT DISTINCT centre, subject FROM unnest(p_events) WHERE kind LIKE 'visit.%') AS about,
                LATERAL (
                    SELECT kiosk.uncancelled(kiosk.merge(e.payload::jsonb ORDER BY e.id)) AS since,
                        kiosk.uncancelled(kiosk.merge(e.payload::jsonb ORDER BY e.id)
                            FILTER (WHERE e.position <> ALL (ARRAY(SELECT position FROM unnest(p_events))))) AS before
                    FROM event AS e WHERE e.centre = about.centre AND e.subject = about.subject AND e.reason IS NULL
                        AND e.kind LIKE 'visit.%') AS visit) AS each
        GROUP BY centre
        ON CONFLICT (centre) DO UPDATE SET visits = t.visits + EXCLUDED.visits, people = t.people + EXCLUDED.people,
            corrected = t.corrected + EXCLUDED.corrected, requests = t.requests + EXCLUDED.requests;
END $$;

-- A visit as its events say together, null when there is none or it was undone.
CREATE FUNCTION kiosk.uncancelled(p_said jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN p_said = '{}' OR p_said -> 'undone' = 'true' THEN NULL ELSE p_said END $$;

CREATE FUNCTION kiosk.count_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    PERFORM kiosk.count_in(ARRAY(SELECT a::event FROM added AS a WHERE a.reason IS NULL AND a.subject IS NOT NULL
        AND (a.kind LIKE 'visit.%' OR a.kind IN ('session.corrected', 'request.made'))));
    RETURN NULL;
END $$;
CREATE FUNCTION kiosk.count_accepted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    PERFORM kiosk.count_in(ARRAY(SELECT a::event FROM added AS a
        JOIN was ON was.centre = a.centre AND was.position = a.position AND was.reason IS NOT NULL
        WHERE a.reason IS NULL AND a.subject IS NOT NULL
            AND (a.kind LIKE 'visit.%' OR a.kind IN ('session.corrected', 'request.made'))));
    RETURN NULL;
END $$;
CREATE FUNCTION kiosk.count_given() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    INSERT INTO total AS t (centre, given) VALUES (NEW.centre, CASE NEW.state WHEN 'collected' THEN 1 ELSE -1 END)
        ON CONFLICT (centre) DO UPDATE SET given = t.given + EXCLUDED.given;
    RETURN NULL;
END $$;

CREATE TRIGGER counted AFTER INSERT ON kiosk.event REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.count_new();
CREATE TRIGGER counted_later AFTER UPDATE ON kiosk.event REFERENCING OLD TABLE AS was NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.count_accepted();
CREATE TRIGGER given_counted AFTER INSERT ON kiosk.claim FOR EACH ROW WHEN (NEW.state = 'collected')
    EXECUTE FUNCTION kiosk.count_given();
CREATE TRIGGER given_counted_later AFTER UPDATE OF state ON kiosk.claim FOR EACH ROW
    WHEN ((OLD.state = 'collected') <> (NEW.state = 'collected')) EXECUTE FUNCTION kiosk.count_given();

-- What came before.
INSERT INTO kiosk.total (centre, visits, people, corrected, requests, given)
    SELECT c.id, visits.visits, visits.people, corrections.people, asked.requests, given.given
    FROM kiosk.centre AS c,
        LATERAL (
            SELECT count(*) AS visits, coalesce(sum(adults + children), 0) AS people
            FROM kiosk.visit WHERE centre = c.id AND subject IS NOT NULL AND NOT undone) AS visits,
        LATERAL (
            SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults')), 0)
                + coalesce(sum(kiosk.number(payload::jsonb -> 'children')), 0) AS people
            FROM kiosk.event WHERE centre = c.id AND kind = 'session.corrected' AND reason IS NULL) AS corrections,
        LATERAL (SELECT count(*) AS given FROM kiosk.claim WHERE centre = c.id AND state = 'collected') AS given,
        LATERAL (
            SELECT count(*) AS requests FROM kiosk.event
            WHERE centre = c.id AND kind = 'request.made' AND reason IS NULL) AS asked;

CREATE OR REPLACE VIEW kiosk.counts WITH (security_barrier) AS
    SELECT mine.name AS centre, mine.region, coalesce(t.visits, 0) AS visits, coalesce(t.people + t.corrected, 0) AS people,
        coalesce(t.given, 0) AS given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN t.requests BETWEEN 1 AND 4 THEN '<5' ELSE coalesce(t.requests, 0)::text END AS requests
    FROM (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region <> '' AND c.region IN (
                SELECT r.region FROM kiosk.region_reader AS r
                WHERE r.role = session_user AND r.revoked IS NULL AND r.until > clock_timestamp())
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')
        ) AS mine LEFT JOIN kiosk.total AS t ON t.centre = mine.id;

REVOKE ALL ON kiosk.total FROM PUBLIC;
REVOKE ALL ON FUNCTION kiosk.people(jsonb), kiosk.uncancelled(jsonb), kiosk.count_in(kiosk.event[]), kiosk.count_new(),
    kiosk.count_accepted(), kiosk.count_given() FROM PUBLIC;
